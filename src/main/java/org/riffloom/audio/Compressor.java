package org.riffloom.audio;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Brings the loud and the quiet parts of a stream's clips nearer to each other, gently: feed-forward, {@value #RATIO} to 1
 * above a threshold with a soft knee, by the mean square of all channels, which share one gain. Gain computer and smoothing
 * are those of Giannoulis, Massberg and Reiss, "Digital Dynamic Range Compressor Design", J. Audio Eng. Soc. 60(6), 2012
 * (equation 4, and smooth branching, equation 17, of the gain in dB).
 *
 * <p>The threshold lies a little below the level of each clip as a whole, so that it makes no difference how loud clips come
 * in, and there is no make-up: {@link LoudnessLeveler}, which comes after it, brings clips to their level. It is slow enough
 * to leave strokes and notes their shape; what it evens out is phrases. Nothing is delayed.
 *
 * <p>One for each stream, used by one thread at a time; constant memory.
 */
final class Compressor {

    static final double RATIO = 2;

    /** Relative to a clip's level: where the knee ends, so that all that is louder than the clip has the full ratio. */
    static final double THRESHOLD_DECIBELS = -6;

    /** Around the threshold: from the one half below it to the one half above it the ratio goes from 1 to all it is. */
    static final double KNEE_DECIBELS = 12;

    /** Long enough for the lowest notes to have one level, and not one for each of their periods. */
    private static final double RMS_SECONDS = 0.05;

    /** Longer, and strokes would stand out from what lies under them more than before. */
    private static final double ATTACK_SECONDS = 0.01;
    /** Shorter, and what lies under a drum is heard to come up after each stroke. */
    static final double RELEASE_SECONDS = 0.2;

    /** From the threshold of one clip to that of the next, as long as the leveller takes from gain to gain. */
    private static final double GLIDE_SECONDS = LoudnessLeveler.GLIDE_SECONDS;

    /** The threshold before the first sound, which no sound is above. */
    private static final double UNKNOWN = LoudnessLeveler.MAX_SAVED_DECIBELS;

    /** In one dB. */
    private static final double NEPERS = Math.log(10) / 20;

    private final int sampleRate;
    private final double rms;
    private final double attack;
    private final double release;
    /** In dB relative to full scale. */
    private double threshold = UNKNOWN;
    /** Of the sound relative to its threshold. */
    private double meanSquare;
    /** By how many dB the sound is made quieter. */
    private double reduction;

    Compressor(int sampleRate) {
        this.sampleRate = sampleRate;
        this.rms = coefficient(RMS_SECONDS);
        this.attack = coefficient(ATTACK_SECONDS);
        this.release = coefficient(RELEASE_SECONDS);
    }

    /** What a step's distance is multiplied by with each sample. */
    private double coefficient(double seconds) {
        return Math.exp(-1 / (seconds * sampleRate));
    }

    /**
     * Continues the stream.
     *
     * @return a new waveform, as long as the clip
     */
    Waveform next(Waveform clip) {
        double level = LoudnessLeveler.decibels(clip);
        double target = level < LoudnessLeveler.SILENCE_DECIBELS ? threshold : level + THRESHOLD_DECIBELS;
        double from = threshold == UNKNOWN ? target : threshold;
        float[][] channels = clip.channels();
        float[][] sound = new float[channels.length][clip.length()];
        int ramp = (int) (sampleRate * GLIDE_SECONDS);
        double scale = 1 / power(from);
        double last = 1 / power(target);
        double step = Math.pow(power(from) / power(target), 1.0 / ramp);
        for (int i = 0; i < clip.length(); i++) {
            scale = i < ramp ? scale * step : last;
            float gain = gain(channels, i, scale);
            for (int c = 0; c < sound.length; c++) {
                sound[c][i] = gain * channels[c][i];
            }
        }
        threshold = target;
        return new Waveform(clip.sampleRate(), sound);
    }

    private static double power(double decibels) {
        return Math.pow(10, decibels / 10);
    }

    /**
     * Of a sample, that itself looked at.
     *
     * @param scale of its square, to be 1 at the threshold
     */
    private float gain(float[][] channels, int i, double scale) {
        double square = 0;
        for (float[] channel : channels) {
            square += (double) channel[i] * channel[i];
        }
        double relative = scale * square / channels.length;
        meanSquare = relative + rms * (meanSquare - relative);
        double wanted = reduction(10 * Math.log10(meanSquare));
        reduction = wanted + (wanted > reduction ? attack : release) * (reduction - wanted);
        return (float) Math.exp(-reduction * NEPERS);
    }

    /**
     * The static curve: by how many dB a steady sound is made quieter.
     *
     * @param over the threshold, in dB
     */
    static double reduction(double over) {
        double slope = 1 - 1 / RATIO;
        if (2 * over <= -KNEE_DECIBELS) {
            return 0;
        }
        if (2 * over >= KNEE_DECIBELS) {
            return slope * over;
        }
        double within = over + KNEE_DECIBELS / 2;
        return slope * within * within / (2 * KNEE_DECIBELS);
    }

    /** Saves what the next clip goes on from. */
    void write(DataOutput out) throws IOException {
        out.writeDouble(threshold);
        out.writeDouble(meanSquare);
        out.writeDouble(reduction);
    }

    /** @throws IOException if what was saved cannot be read; it needs a reset then */
    void read(DataInput in) throws IOException {
        threshold = StateNumbers.between(in.readDouble(), -LoudnessLeveler.MAX_SAVED_DECIBELS, UNKNOWN);
        meanSquare = StateNumbers.between(in.readDouble(), 0, Float.MAX_VALUE);
        reduction = StateNumbers.between(in.readDouble(), 0, LoudnessLeveler.MAX_SAVED_DECIBELS);
    }

    /** Begins another stream, preceded by silence. */
    void reset() {
        threshold = UNKNOWN;
        meanSquare = 0;
        reduction = 0;
    }
}
