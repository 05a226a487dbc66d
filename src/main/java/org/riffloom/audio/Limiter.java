package org.riffloom.audio;

import java.util.Arrays;

/**
 * Holds a stream's peaks at {@value #CEILING_DECIBELS} dBFS. It looks 5 ms ahead, so that the gain is down before a peak
 * comes, and all channels share one gain, so that nothing moves from side to side.
 *
 * <p>The gain that each sample needs passes a sliding minimum, a release and a sliding mean, the first and last over the
 * look-ahead. Each gain in the mean is at most what the sample on its way out needs, so the mean is too: no peak passes.
 *
 * <p>One for each stream, used by one thread at a time; constant memory.
 */
public final class Limiter {

    static final double CEILING_DECIBELS = -1;

    private static final double LOOK_AHEAD_SECONDS = 0.005;
    private static final double RELEASE_SECONDS = 0.08;
    private static final float CEILING = (float) Math.pow(10, CEILING_DECIBELS / 20);

    private final int lookAhead;
    private final int span;
    private final float release;
    /** Rings of {@code span} samples: the delayed sound, and the gains under the sliding mean. */
    private final float[][] delayed;

    private final float[] gains;
    /** The sliding minimum: gains that ascend towards the newest, with the times at which they came. */
    private final float[] ascending;

    private final long[] times;
    private int oldest;
    private int count;
    private long time;
    private int at;
    private float released;
    private double gainSum;

    /**
     * @param sampleRate in Hz
     * @param channels of the sound
     */
    public Limiter(int sampleRate, int channels) {
        this.lookAhead = (int) (LOOK_AHEAD_SECONDS * sampleRate);
        this.span = lookAhead + 1;
        this.release = (float) (1 - Math.exp(-1 / (RELEASE_SECONDS * sampleRate)));
        this.delayed = new float[channels][span];
        this.gains = new float[span];
        this.ascending = new float[span];
        this.times = new long[span];
        reset();
    }

    /** Samples that the sound comes out late by. */
    public int lookAhead() {
        return lookAhead;
    }

    /** Limits the next samples of the stream, in place; each comes out {@link #lookAhead()} later than it went in. */
    public void process(float[][] sound) {
        for (int i = 0; i < sound[0].length; i++) {
            float peak = 0;
            for (int c = 0; c < sound.length; c++) {
                delayed[c][at] = sound[c][i];
                peak = Math.max(peak, Math.abs(sound[c][i]));
            }
            float minimum = slidingMinimum(peak > CEILING ? CEILING / peak : 1);
            released = minimum < released ? minimum : released + release * (minimum - released);
            gainSum += released - gains[at];
            gains[at] = released;
            at = at + 1 == span ? 0 : at + 1;
            float gain = (float) (gainSum / span);
            for (int c = 0; c < sound.length; c++) {
                // The bound is for the rounding of the mean, which may be off by its last bit.
                sound[c][i] = Math.max(-CEILING, Math.min(CEILING, delayed[c][at] * gain));
            }
        }
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

    /** Begins another stream, preceded by silence. */
    public void reset() {
        for (float[] channel : delayed) {
            Arrays.fill(channel, 0);
        }
        Arrays.fill(gains, 1);
        gainSum = span;
        released = 1;
        oldest = 0;
        count = 0;
        time = 0;
        at = 0;
    }
}
