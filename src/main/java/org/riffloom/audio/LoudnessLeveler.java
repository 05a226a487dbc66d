package org.riffloom.audio;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes the clips of a stream equally loud: each is brought to {@value #TARGET_DECIBELS} dBFS RMS by a gain that glides
 * from the last clip's, and a {@link Limiter} holds the peaks. What the limiter will take away is made up for beforehand,
 * within bounds. Clips are not normalised to their own peaks, since then one drum stroke would decide how loud the rest is.
 *
 * <p>A clip comes out as long as it went in, but {@link #delay()} samples late: what the limiter looks ahead by begins
 * the stream as silence, and after that every clip begins with the end of the one before.
 *
 * <p>One for each stream, used by one thread at a time; constant memory.
 */
public final class LoudnessLeveler {

    /** What every clip is brought to, relative to a square wave of full scale. */
    public static final double TARGET_DECIBELS = -17;

    private static final double MAX_GAIN_DECIBELS = 40;
    /** Drums lose to the limiter what makes them loud, and are driven into it this much harder at most. */
    private static final double MAX_DRIVE_DECIBELS = 10;

    private static final int DRIVES = 6;
    private static final double NEAR_DECIBELS = 0.1;
    /** A clip below this has nothing to be made louder; it keeps the gain of the one before. */
    static final double SILENCE_DECIBELS = -70;

    /**
     * From one gain to the next. Longer, and the beginning of a clip is audibly quieter or, leaning on the limiter, denser
     * than the rest of it; shorter, and the gain is heard to move.
     */
    static final double GLIDE_SECONDS = 0.25;

    /** No gain is beyond this, whichever way. */
    static final double MAX_SAVED_DECIBELS = 200;

    /** Bits of the first byte of what is saved. */
    private static final int STARTED = 1;

    private static final int COMPRESSED = 2;

    private final int sampleRate;
    private final @Nullable Compressor compressor;
    private final Limiter limiter;
    private final Limiter trial;
    private boolean started;
    private double gainDecibels;

    /**
     * Without a compressor.
     *
     * @param sampleRate of the clips, in Hz
     * @param channels of the clips
     */
    public LoudnessLeveler(int sampleRate, int channels) {
        this(sampleRate, channels, false);
    }

    /**
     * @param sampleRate of the clips, in Hz
     * @param channels of the clips
     * @param compressed whether loud and quiet parts of clips are brought nearer to each other first, by 2 to 1
     */
    public LoudnessLeveler(int sampleRate, int channels, boolean compressed) {
        this.sampleRate = sampleRate;
        this.compressor = compressed ? new Compressor(sampleRate) : null;
        this.limiter = new Limiter(sampleRate, channels);
        this.trial = new Limiter(sampleRate, channels);
    }

    /** Samples that the stream comes out late by: what the limiter looks ahead. */
    public int delay() {
        return limiter.lookAhead();
    }

    /**
     * Continues the stream.
     *
     * @return a new waveform, as long as the clip
     */
    public Waveform next(Waveform clip) {
        return leveled(compressor == null ? clip : compressor.next(clip));
    }

    private Waveform leveled(Waveform clip) {
        float[][] sound = new float[clip.channels().length][];
        for (int c = 0; c < sound.length; c++) {
            sound[c] = clip.channels()[c].clone();
        }
        double level = decibels(clip);
        double target = level < SILENCE_DECIBELS ? gainDecibels : gain(clip, level);
        glide(sound, started ? gainDecibels : target, target);
        started = started || level >= SILENCE_DECIBELS;
        gainDecibels = target;
        limiter.process(sound);
        return new Waveform(clip.sampleRate(), sound);
    }

    /** The gain in dB after which, and after the limiter, a clip of this level is as loud as all clips should be. */
    private double gain(Waveform clip, double level) {
        double plain = Math.min(MAX_GAIN_DECIBELS, TARGET_DECIBELS - level);
        double gain = plain;
        for (int i = 0; i < DRIVES; i++) {
            double lost = plain + level - limitedDecibels(clip, gain);
            if (lost < NEAR_DECIBELS) {
                break;
            }
            gain = Math.min(plain + MAX_DRIVE_DECIBELS, gain + lost);
        }
        return gain;
    }

    private double limitedDecibels(Waveform clip, double gain) {
        float factor = (float) Math.pow(10, gain / 20);
        float[][] sound = new float[clip.channels().length][clip.length()];
        for (int c = 0; c < sound.length; c++) {
            for (int i = 0; i < sound[c].length; i++) {
                sound[c][i] = factor * clip.channels()[c][i];
            }
        }
        trial.reset();
        trial.process(sound);
        return decibels(new Waveform(clip.sampleRate(), sound));
    }

    private void glide(float[][] sound, double from, double to) {
        int length = sound[0].length;
        int ramp = (int) Math.min(length, sampleRate * GLIDE_SECONDS);
        double factor = Math.pow(10, from / 20);
        double step = Math.pow(10, (to - from) / 20 / ramp);
        for (int i = 0; i < ramp; i++) {
            factor *= step;
            for (float[] channel : sound) {
                channel[i] *= (float) factor;
            }
        }
        float rest = (float) Math.pow(10, to / 20);
        for (float[] channel : sound) {
            for (int i = ramp; i < length; i++) {
                channel[i] *= rest;
            }
        }
    }

    /**
     * Saves what the next clip goes on from: a few kilobytes.
     *
     * @throws IOException if {@code out} throws it
     */
    public void write(DataOutput out) throws IOException {
        out.writeInt(sampleRate);
        out.writeInt(limiter.channels());
        out.writeByte((started ? STARTED : 0) | (compressor == null ? 0 : COMPRESSED));
        out.writeDouble(gainDecibels);
        limiter.write(out);
        if (compressor != null) {
            compressor.write(out);
        }
    }

    /**
     * Goes on from what was saved, to the bit; from what was saved without a compressor, with one that begins, and the other
     * way round without one.
     *
     * @throws IOException if that is damaged or of another format; {@link #reset} is needed then
     */
    public void read(DataInput in) throws IOException {
        StateNumbers.expect(in, sampleRate);
        StateNumbers.expect(in, limiter.channels());
        int flags = (int) StateNumbers.between(in.readUnsignedByte(), 0, STARTED | COMPRESSED);
        started = (flags & STARTED) != 0;
        gainDecibels = StateNumbers.between(in.readDouble(), -MAX_SAVED_DECIBELS, MAX_SAVED_DECIBELS);
        limiter.read(in);
        if (compressor != null) {
            compressor.reset();
        }
        if ((flags & COMPRESSED) != 0) {
            (compressor == null ? new Compressor(sampleRate) : compressor).read(in);
        }
    }

    /** Forgets the stream; the next clip begins another. */
    public void reset() {
        started = false;
        gainDecibels = 0;
        limiter.reset();
        if (compressor != null) {
            compressor.reset();
        }
    }

    /** Levels one sound by itself, without delay. */
    public static Waveform level(Waveform sound) {
        return level(sound, false);
    }

    /**
     * Levels one sound by itself, without delay.
     *
     * @param compressed as in {@link #LoudnessLeveler(int, int, boolean)}
     */
    public static Waveform level(Waveform sound, boolean compressed) {
        LoudnessLeveler leveler = new LoudnessLeveler(sound.sampleRate(), sound.channels().length, compressed);
        int delay = leveler.delay();
        float[][] begin = leveler.next(sound).channels();
        float[][] end = new float[begin.length][delay];
        leveler.limiter.process(end);
        float[][] leveled = new float[begin.length][];
        for (int c = 0; c < leveled.length; c++) {
            float[] all = Arrays.copyOf(begin[c], begin[c].length + delay);
            System.arraycopy(end[c], 0, all, begin[c].length, delay);
            leveled[c] = Arrays.copyOfRange(all, delay, all.length);
        }
        return new Waveform(sound.sampleRate(), leveled);
    }

    /** RMS over all channels, in dB relative to full scale; −∞ for silence. */
    public static double decibels(Waveform sound) {
        double sum = 0;
        for (float[] channel : sound.channels()) {
            for (float sample : channel) {
                sum += (double) sample * sample;
            }
        }
        return 10 * Math.log10(sum / ((double) sound.length() * sound.channels().length));
    }
}
