package org.riffloom.own;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.riffloom.audio.SoundSink;
import org.riffloom.audio.Waveform;

/**
 * Takes some seconds out of a sound that is decoded, mixed to one channel, and then has it decoded no further. Keeps no more
 * than these, whatever the sound's length.
 */
final class Excerpt implements SoundSink {

    /** With less of a loop, one hears how often it comes again and not the loop. */
    static final double SHORTEST_SECONDS = 0.5;

    /** Nobody means more; what says so is hostile, or a recording of a day. */
    static final double LONGEST_SECONDS = 3 * 60 * 60;

    /** From the lowest sample to the highest, −54 dB of full scale. */
    private static final float SILENCE = 2 * 0x1p-10f;

    /** All that is wanted has come. */
    static final class Enough extends IOException {

        private static final long serialVersionUID = 1L;

        Enough() {
            super("Enough has been decoded.");
        }
    }

    private final double from;
    private final double seconds;
    private int sampleRate;
    private long first;
    private long passed;
    private float[] kept = new float[0];
    private int filled;

    /**
     * @param from where it begins, in seconds
     * @param seconds that it lasts
     */
    Excerpt(double from, double seconds) {
        this.from = from;
        this.seconds = seconds;
    }

    @Override
    public void begin(int rate, int channels, long told) throws UnusableFileException {
        if (told > LONGEST_SECONDS * rate) {
            throw UnusableFileException.unsuitable(String.format(
                    Locale.ROOT,
                    "The sound says it lasts %.1f hours; at most %.0f are read. Cut out the seconds you want.",
                    told / 3600.0 / rate,
                    LONGEST_SECONDS / 3600));
        }
        sampleRate = rate;
        first = Math.round(from * rate);
        kept = new float[(int) Math.ceil(seconds * rate)];
    }

    @Override
    public void write(float[][] samples, int start, int end) throws Enough {
        int skipped = (int) Math.min(end - start, Math.max(0, first - passed));
        int count = Math.min(end - start - skipped, kept.length - filled);
        for (int i = 0; i < count; i++) {
            float sum = 0;
            for (float[] channel : samples) {
                sum += channel[start + skipped + i];
            }
            kept[filled + i] = sum / samples.length;
        }
        filled += count;
        passed += end - start;
        if (filled == kept.length) {
            throw new Enough();
        }
    }

    /**
     * The seconds that were wanted; fewer come again and again, as a loop does.
     *
     * @throws UnusableFileException if there are hardly any, or they are silent
     */
    Waveform waveform() throws UnusableFileException {
        double there = (double) passed / sampleRate;
        if (filled < SHORTEST_SECONDS * sampleRate) {
            throw UnusableFileException.unsuitable(String.format(
                    Locale.ROOT,
                    from == 0
                            ? "The sound lasts %.2f s; a seed image takes at least %.1f s, and %.2f s if there are as many."
                            : "The sound lasts %.2f s; from where it is to begin, a seed image takes at least %.1f s, and"
                                    + " %.2f s if there are as many.",
                    there,
                    SHORTEST_SECONDS,
                    seconds));
        }
        float lowest = kept[0];
        float highest = kept[0];
        for (int i = 1; i < filled; i++) {
            lowest = Math.min(lowest, kept[i]);
            highest = Math.max(highest, kept[i]);
        }
        if (highest - lowest < SILENCE) {
            throw UnusableFileException.unsuitable(
                    "These seconds of the sound are silent, and nothing grows out of silence. Choose others, or record"
                            + " louder.");
        }
        float[] whole = Arrays.copyOf(kept, kept.length);
        for (int i = filled; i < whole.length; i++) {
            whole[i] = whole[i - filled];
        }
        return new Waveform(sampleRate, new float[][] {whole});
    }
}
