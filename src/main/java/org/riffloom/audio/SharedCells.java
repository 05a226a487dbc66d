package org.riffloom.audio;

import java.util.Arrays;

/**
 * Finds where a channel has the same source as all channels together: where its magnitudes, over some time and some
 * bins around a cell, are in proportion to theirs.
 *
 * <p>One for each thread: the work space is reused.
 */
final class SharedCells {

    /** Bins on either side that count. */
    private static final int BINS = 6;
    /** The least cosine between the magnitudes of a channel and those of all; unrelated ones come to about 0.8. */
    private static final double LIKENESS = 0.95;

    private final int bins;
    private final int reach;
    /** Sums over those frames, bin by bin: of the channel's energy, of that of all, and of the products. */
    private final double[][] sums;

    private final boolean[] shared;

    /** @param reach frames on either side that count */
    SharedCells(int bins, int reach, int maxFrames) {
        this.bins = bins;
        this.reach = reach;
        this.sums = new double[3][bins];
        this.shared = new boolean[maxFrames * bins];
    }

    /**
     * Finds them.
     *
     * @param channel magnitudes, frame after frame
     * @param together those of all channels
     * @return for each cell whether it is one; valid until the next call
     */
    boolean[] find(float[] channel, float[] together, int frames) {
        for (double[] sum : sums) {
            Arrays.fill(sum, 0);
        }
        for (int frame = 0; frame < Math.min(reach, frames); frame++) {
            add(channel, together, frame, 1);
        }
        for (int frame = 0; frame < frames; frame++) {
            if (frame + reach < frames) {
                add(channel, together, frame + reach, 1);
            }
            if (frame - reach > 0) {
                add(channel, together, frame - reach - 1, -1);
            }
            compare(frame);
        }
        return shared;
    }

    private void add(float[] channel, float[] together, int frame, int sign) {
        for (int m = 0; m < bins; m++) {
            double own = channel[frame * bins + m];
            double all = together[frame * bins + m];
            sums[0][m] += sign * own * own;
            sums[1][m] += sign * all * all;
            sums[2][m] += sign * own * all;
        }
    }

    private void compare(int frame) {
        double own = 0;
        double all = 0;
        double both = 0;
        for (int m = -BINS; m < bins; m++) {
            if (m + BINS < bins) {
                own += sums[0][m + BINS];
                all += sums[1][m + BINS];
                both += sums[2][m + BINS];
            }
            if (m > BINS) {
                own -= sums[0][m - BINS - 1];
                all -= sums[1][m - BINS - 1];
                both -= sums[2][m - BINS - 1];
            }
            if (m >= 0) {
                shared[frame * bins + m] = both > 0 && both * both >= LIKENESS * LIKENESS * own * all;
            }
        }
    }
}
