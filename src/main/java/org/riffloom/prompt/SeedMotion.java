package org.riffloom.prompt;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Where the noise goes while a riff has no other prompt to move to. */
public enum SeedMotion {
    /** From seed s to s+1, from there to s+2, as in Riffusion. */
    WALK("walk"),
    /** From each seed to another that nobody would guess; the same one each time, so that a riff can be heard again. */
    RANDOM("random"),
    /** Nowhere: as long as prompt and settings stay, so does the picture. */
    LOCK("lock");

    /** Seeds that are easy to read out. */
    private static final long SEEDS = 1_000_000;

    private final String text;

    SeedMotion(String text) {
        this.text = text;
    }

    /** The seed that a walk from {@code seed} leads to. */
    public long after(long seed) {
        return this == RANDOM ? Math.floorMod(mixed(seed), SEEDS) : seed + 1;
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014) after one step of its counter. */
    private static long mixed(long seed) {
        long z = seed + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /**
     * Finds one.
     *
     * @throws InvalidRequestException if there is none of this name, saying which there are
     */
    public static SeedMotion of(String text) {
        for (SeedMotion motion : values()) {
            if (motion.text.equals(text)) {
                return motion;
            }
        }
        throw new InvalidRequestException(
                "seedMotion",
                "There is no such seedMotion; it must be one of "
                        + Arrays.stream(values()).map(SeedMotion::toString).collect(Collectors.joining(", ")) + ".");
    }

    /** Its name in requests, such as {@code walk}. */
    @Override
    public String toString() {
        return text;
    }
}
