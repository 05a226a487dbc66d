package org.riffloom.audio;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Holds a stream's true peaks, those between its samples too, at {@value #CEILING_DECIBELS} dBFS. It looks 5 ms ahead, so
 * that the gain is down before a peak comes, and all channels share one gain, so that nothing moves from side to side.
 *
 * <p>The gain that each sample needs passes a sliding minimum, a release and a sliding mean, the first and last over the
 * look-ahead, less what {@link TruePeaks} looks ahead. Each gain in the mean is at most what the sample on its way out
 * needs, so the mean is too: no peak passes.
 *
 * <p>One for each stream, used by one thread at a time; constant memory.
 */
public final class Limiter {

    static final double CEILING_DECIBELS = -1;

    private static final double LOOK_AHEAD_SECONDS = 0.005;
    /** One period of the lowest notes: shorter would bend them, longer would take more from drums than their strokes. */
    private static final double RELEASE_SECONDS = 0.05;

    private static final float CEILING = (float) Math.pow(10, CEILING_DECIBELS / 20);
    /** What a sine of 10 kHz can rise to between the points that are looked at, and a little for the gain's movement. */
    private static final float MARGIN = (float) Math.pow(10, -0.15 / 20);

    private static final float HELD = CEILING * MARGIN;

    /** A running sum of gains differs from the sum of the gains by what was rounded, and never by this much. */
    private static final double MAX_ROUNDED = 1e-3;

    private final int lookAhead;
    private final int span;
    private final float release;
    private final TruePeaks truePeaks;
    private final float[] peaks = new float[TruePeaks.MAX_SAMPLES];
    /** A ring for each channel: the delayed sound. */
    private final float[][] delayed;

    /** A ring of {@code span}: the gains under the sliding mean. */
    private final float[] gains;
    /** The sliding minimum: gains that ascend towards the newest, with the times at which they came. */
    private final float[] ascending;

    private final long[] times;
    private int oldest;
    private int count;
    private long time;
    private int at;
    private int gainAt;
    private float released;
    private double gainSum;

    /**
     * @param sampleRate in Hz
     * @param channels of the sound
     */
    public Limiter(int sampleRate, int channels) {
        this.lookAhead = (int) (LOOK_AHEAD_SECONDS * sampleRate);
        this.span = lookAhead + 1 - TruePeaks.LOOK_AHEAD;
        this.release = (float) (1 - Math.exp(-1 / (RELEASE_SECONDS * sampleRate)));
        this.truePeaks = new TruePeaks(channels);
        this.delayed = new float[channels][lookAhead + 1];
        this.gains = new float[span];
        this.ascending = new float[span];
        this.times = new long[span];
        reset();
    }

    /** Samples that the sound comes out late by. */
    public int lookAhead() {
        return lookAhead;
    }

    int channels() {
        return delayed.length;
    }

    /** Limits the next samples of the stream, in place; each comes out {@link #lookAhead()} later than it went in. */
    public void process(float[][] sound) {
        for (int from = 0; from < sound[0].length; from += peaks.length) {
            int count = Math.min(peaks.length, sound[0].length - from);
            truePeaks.measure(sound, from, count, peaks);
            for (int i = 0; i < count; i++) {
                limit(sound, from + i, gain(peaks[i]));
            }
        }
    }

    /** The gain of the sample on its way out, when the newest peak to be known is this one. */
    private float gain(float peak) {
        float minimum = slidingMinimum(peak > HELD ? HELD / peak : 1);
        released = minimum < released ? minimum : released + release * (minimum - released);
        gainSum += released - gains[gainAt];
        gains[gainAt] = released;
        gainAt = gainAt + 1 == span ? 0 : gainAt + 1;
        return (float) (gainSum / span);
    }

    /** Takes the next sample of each channel, and leaves in its place the oldest one. */
    private void limit(float[][] sound, int i, float gain) {
        int oldestAt = at + 1 == delayed[0].length ? 0 : at + 1;
        for (int c = 0; c < sound.length; c++) {
            delayed[c][at] = sound[c][i];
            sound[c][i] = delayed[c][oldestAt] * gain;
        }
        at = oldestAt;
    }

    private float slidingMinimum(float gain) {
        if (count > 0 && times[oldest] <= time - span) {
            oldest = oldest + 1 == span ? 0 : oldest + 1;
            count--;
        }
        while (count > 0 && ascending[(oldest + count - 1) % span] >= gain) {
            count--;
        }
        int newest = (oldest + count) % span;
        ascending[newest] = gain;
        times[newest] = time;
        count++;
        time++;
        return ascending[oldest];
    }

    /** Saves what the next samples go on from. */
    void write(DataOutput out) throws IOException {
        truePeaks.write(out);
        for (float[] channel : delayed) {
            StateNumbers.write(out, channel, channel.length);
        }
        out.writeInt(at);
        StateNumbers.write(out, gains, span);
        out.writeInt(gainAt);
        out.writeDouble(gainSum);
        out.writeFloat(released);
        out.writeInt(count);
        for (int i = 0; i < count; i++) {
            int place = (oldest + i) % span;
            out.writeFloat(ascending[place]);
            out.writeInt((int) (time - times[place]));
        }
    }

    /** @throws IOException if what was saved cannot be read; it needs a reset then */
    void read(DataInput in) throws IOException {
        truePeaks.read(in);
        for (float[] channel : delayed) {
            StateNumbers.read(in, channel, channel.length, -StateNumbers.MAX, StateNumbers.MAX);
        }
        at = StateNumbers.readInt(in, 0, lookAhead);
        StateNumbers.read(in, gains, span, 0, 1);
        gainAt = StateNumbers.readInt(in, 0, span - 1);
        double sum = 0;
        for (float gain : gains) {
            sum += gain;
        }
        gainSum = StateNumbers.between(in.readDouble(), sum - MAX_ROUNDED, sum + MAX_ROUNDED);
        released = (float) StateNumbers.between(in.readFloat(), 0, 1);
        oldest = 0;
        time = span;
        count = StateNumbers.readInt(in, 0, span);
        int age = span + 1;
        for (int i = 0; i < count; i++) {
            ascending[i] = (float) StateNumbers.between(in.readFloat(), 0, 1);
            age = StateNumbers.readInt(in, 1, age - 1);
            times[i] = time - age;
        }
    }

    /** Begins another stream, preceded by silence. */
    public void reset() {
        for (float[] channel : delayed) {
            Arrays.fill(channel, 0);
        }
        truePeaks.reset();
        Arrays.fill(gains, 1);
        gainSum = span;
        released = 1;
        oldest = 0;
        count = 0;
        time = 0;
        at = 0;
        gainAt = 0;
    }
}
