package org.riffloom.audio;

import java.util.ArrayList;
import java.util.List;

/** Makes the clips of a loop equally loud, as {@link LoudnessLeveler} does those of a stream. */
public final class LoopLeveler {

    /** After so long nothing is left in the gains of how a loop was entered: the limiter's release is a 40th of it. */
    private static final double MEMORY_SECONDS = 2;
    /** The same with a compressor, whose release is longer. */
    private static final double COMPRESSED_MEMORY_SECONDS = 40 * Compressor.RELEASE_SECONDS;

    private LoopLeveler() {}

    /**
     * Levels the clips of a loop, whose first follows the last: gains glide across the seam as across every other join, and
     * the limiter comes to the first sample as it leaves the last one.
     *
     * @param clips at least one, all of one format and none of them empty
     * @param compressed as in {@link LoudnessLeveler#LoudnessLeveler(int, int, boolean)}
     * @return all of them, end to end
     */
    public static Waveform level(List<Waveform> clips, boolean compressed) {
        Waveform first = clips.get(0);
        LoudnessLeveler leveler = new LoudnessLeveler(first.sampleRate(), first.channels().length, compressed);
        int length = clips.stream().mapToInt(Waveform::length).sum();
        double memory = compressed ? COMPRESSED_MEMORY_SECONDS : MEMORY_SECONDS;
        int before = rounds((int) (memory * first.sampleRate()), length);
        int after = rounds(leveler.delay(), length);
        List<Waveform> rounds = new ArrayList<>();
        for (int round = 0; round < before + 1 + after; round++) {
            List<Waveform> leveled = clips.stream().map(leveler::next).toList();
            if (round >= before) {
                rounds.addAll(leveled);
            }
        }
        return Waveform.endToEnd(rounds).slice(leveler.delay(), leveler.delay() + length);
    }

    private static int rounds(int samples, int length) {
        return (samples + length - 1) / length;
    }
}
