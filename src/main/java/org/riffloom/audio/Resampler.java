package org.riffloom.audio;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Changes the sample rate of a stream. What is written in pieces comes out as if it had been written at once. Output
 * {@code k} is the sound at input time {@code k · from / to}: the filter adds no delay, but needs
 * {@link #lookAhead()} samples after an output's time before it can give it.
 *
 * <p>One for each channel of a stream; constant memory as long as what can be read is read.
 */
final class Resampler {

    private final PolyphaseFilter filter;
    /** Inputs from half a filter before the next output on. */
    private float[] pending;

    private int pendingLength;
    private int row;

    Resampler(int from, int to) {
        this(PolyphaseFilter.between(from, to));
    }

    Resampler(PolyphaseFilter filter) {
        this.filter = filter;
        this.pending = new float[4 * filter.taps()];
        reset();
    }

    /** Input samples after an output's time that it depends on. */
    int lookAhead() {
        return filter.taps() / 2;
    }

    /** Takes input. */
    void write(float[] samples, int offset, int count) {
        if (pendingLength + count > pending.length) {
            pending = Arrays.copyOf(pending, pendingLength + count);
        }
        System.arraycopy(samples, offset, pending, pendingLength, count);
        pendingLength += count;
    }

    /** Output samples that can be read. */
    int available() {
        long bases = pendingLength - filter.taps() + 1L;
        // The k-th output from now on starts at input (row + k · down) / up, rounded down.
        return bases <= 0 ? 0 : (int) ((bases * filter.up() - row - 1) / filter.down() + 1);
    }

    /**
     * Gives output.
     *
     * @throws IllegalStateException if fewer than {@code count} samples are available
     */
    void read(float[] samples, int offset, int count) {
        if (count > available()) {
            throw new IllegalStateException(count + " samples were asked for, and " + available() + " are available.");
        }
        int taps = filter.taps();
        int up = filter.up();
        int whole = filter.down() / up;
        int part = filter.down() % up;
        int base = 0;
        for (int i = offset; i < offset + count; i++) {
            samples[i] = convolve(filter.rows(), row * taps, pending, base, taps);
            base += whole;
            row += part;
            if (row >= up) {
                row -= up;
                base++;
            }
        }
        // A filter is many times longer than the way from one output to the next, so its next place is never beyond
        // the input that has come.
        pendingLength -= base;
        System.arraycopy(pending, base, pending, 0, pendingLength);
    }

    /** Four sums side by side: the additions of one sum would have to wait for each other. */
    private static float convolve(float[] a, int aAt, float[] b, int bAt, int count) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int j = 0;
        for (; j + 3 < count; j += 4) {
            s0 += a[aAt + j] * b[bAt + j];
            s1 += a[aAt + j + 1] * b[bAt + j + 1];
            s2 += a[aAt + j + 2] * b[bAt + j + 2];
            s3 += a[aAt + j + 3] * b[bAt + j + 3];
        }
        for (; j < count; j++) {
            s0 += a[aAt + j] * b[bAt + j];
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** Saves what the next output goes on from. */
    void write(DataOutput out) throws IOException {
        out.writeInt(pendingLength);
        StateNumbers.write(out, pending, pendingLength);
        out.writeInt(row);
    }

    /**
     * Goes on from what was saved.
     *
     * @throws IOException if that is damaged, or its input would not fill the filter; it needs a reset then
     */
    void read(DataInput in) throws IOException {
        // What could be read was read, so that not much is left.
        pendingLength = StateNumbers.readInt(in, filter.taps(), 4 * filter.taps());
        StateNumbers.read(in, pending, pendingLength, -StateNumbers.MAX, StateNumbers.MAX);
        row = StateNumbers.readInt(in, 0, filter.up() - 1);
    }

    /** Begins another stream, preceded by silence. */
    void reset() {
        pendingLength = filter.taps() / 2 - 1;
        Arrays.fill(pending, 0, pendingLength, 0);
        row = 0;
    }

    /** All of a sound at another rate: {@code ⌈length · to / from⌉} samples. */
    static float[] resample(float[] samples, PolyphaseFilter filter) {
        Resampler resampler = new Resampler(filter);
        resampler.write(samples, 0, samples.length);
        resampler.write(new float[resampler.lookAhead() + 1], 0, resampler.lookAhead() + 1);
        long length = ((long) samples.length * filter.up() + filter.down() - 1) / filter.down();
        float[] resampled = new float[Math.toIntExact(length)];
        resampler.read(resampled, 0, resampled.length);
        return resampled;
    }
}
