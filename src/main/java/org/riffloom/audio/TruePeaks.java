package org.riffloom.audio;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How far a stream's sound swings, between its samples too: four points from each sample to the next, by a short
 * interpolating filter that is exact to 0.01 dB for what the format holds. What a loudspeaker plays passes through those
 * points, and in sound near 10 kHz they can be 2 dB beyond every sample (ITU-R BS.1770-4, annex 2).
 *
 * <p>One for each stream, used by one thread at a time; constant memory.
 */
final class TruePeaks {

    /** Samples after the one whose peak is told. */
    static final int LOOK_AHEAD = 8;

    /** The most samples of one call. */
    static final int MAX_SAMPLES = 1_024;

    private static final int TAPS = 2 * LOOK_AHEAD;
    private static final PolyphaseFilter FILTER = PolyphaseFilter.interpolating(4, TAPS);

    /** For each channel the last samples of the call before, and then those of this one. */
    private final float[][] recent;

    private final float[] points = new float[MAX_SAMPLES];
    private float last;

    TruePeaks(int channels) {
        this.recent = new float[channels][TAPS - 1 + MAX_SAMPLES];
    }

    /**
     * Continues the stream.
     *
     * @param from the first sample of each channel, {@code count} the number of them
     * @param peaks receives as many: the largest magnitude of any channel less than a sample away from the sample
     *     {@value #LOOK_AHEAD} earlier
     */
    void measure(float[][] sound, int from, int count, float[] peaks) {
        Arrays.fill(peaks, 0, count, 0);
        for (int c = 0; c < recent.length; c++) {
            float[] samples = recent[c];
            System.arraycopy(sound[c], from, samples, TAPS - 1, count);
            for (int row = 0; row < FILTER.up(); row++) {
                interpolate(samples, row, count);
                for (int i = 0; i < count; i++) {
                    peaks[i] = Math.max(peaks[i], Math.abs(points[i]));
                }
            }
            System.arraycopy(samples, count, samples, 0, TAPS - 1);
        }
        // The points between two samples count for both.
        for (int i = 0; i < count; i++) {
            float own = peaks[i];
            peaks[i] = Math.max(own, last);
            last = own;
        }
    }

    private void interpolate(float[] samples, int row, int count) {
        Arrays.fill(points, 0, count, 0);
        for (int j = 0; j < TAPS; j++) {
            float weight = FILTER.rows()[row * TAPS + j];
            for (int i = 0; i < count; i++) {
                points[i] += weight * samples[i + j];
            }
        }
    }

    /** Saves what the next call goes on from. */
    void write(DataOutput out) throws IOException {
        for (float[] channel : recent) {
            StateNumbers.write(out, channel, TAPS - 1);
        }
        out.writeFloat(last);
    }

    /** @throws IOException if what was saved cannot be read; it needs a reset then */
    void read(DataInput in) throws IOException {
        for (float[] channel : recent) {
            StateNumbers.read(in, channel, TAPS - 1, -StateNumbers.MAX, StateNumbers.MAX);
        }
        last = (float) StateNumbers.between(in.readFloat(), 0, StateNumbers.MAX);
    }

    /** Begins another stream, preceded by silence. */
    void reset() {
        for (float[] channel : recent) {
            Arrays.fill(channel, 0);
        }
        last = 0;
    }
}
