package org.riffloom.audio;

/**
 * The filter of a {@link Resampler}: a sinc under a Kaiser window, cut into one row of taps for each place that an output
 * can have between two inputs (Kaiser, "Nonrecursive digital filter design using the I0-sinh window function", 1974).
 *
 * @param up outputs for every {@code down} inputs
 * @param down inputs for every {@code up} outputs
 * @param taps of one row, even
 * @param rows {@code up} rows, one after the other
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data, never compared
record PolyphaseFilter(int up, int down, int taps, float[] rows) {

    /** Images and aliases are this far below the sound. */
    private static final double ATTENUATION_DECIBELS = 100;
    /** The share of the lower of both rates that the sound may fill; beyond it the filter falls off. */
    private static final double PASS_BAND = 0.45;

    /** Bounds the memory that a file with an odd sample rate can ask for, to 32 MB. */
    private static final int MAX_TAPS = 1 << 23;

    /**
     * The filter between two rates. Where their ratio, in lowest terms, would need too many rows, the nearest one that
     * does not takes its place; for rates that are multiples of 50 Hz that never happens.
     */
    static PolyphaseFilter between(int from, int to) {
        return between(from, to, PASS_BAND * Math.min(from, to), ATTENUATION_DECIBELS);
    }

    /**
     * The same for sound of which less is wanted, or more exactly.
     *
     * @param highest frequency in Hz that must pass, below half of either rate
     * @param attenuation in dB: how far images, and aliases of what is wanted, are below the sound
     */
    static PolyphaseFilter between(int from, int to, double highest, double attenuation) {
        // Everything in units of the input rate.
        double lower = Math.min(1, (double) to / from);
        double transition = lower - 2 * highest / from;
        int order = (int) Math.ceil((attenuation - 8) / (2.285 * 2 * Math.PI * transition));
        int taps = (order + 2) / 2 * 2;
        int[] ratio = ratio(from, to, MAX_TAPS / taps);
        return of(ratio[0], ratio[1], taps, lower, attenuation);
    }

    /** {@code up} outputs for each input, by a short filter: for sound that leaves the upper half of its band empty. */
    static PolyphaseFilter interpolating(int up, int taps) {
        return of(up, 1, taps, 1, ATTENUATION_DECIBELS);
    }

    /** @param lower the lower of both rates as a share of the input rate */
    private static PolyphaseFilter of(int up, int down, int taps, double lower, double attenuation) {
        double beta = 0.1102 * (attenuation - 8.7);
        float[] rows = new float[up * taps];
        for (int row = 0; row < up; row++) {
            double sum = 0;
            double[] values = new double[taps];
            for (int j = 0; j < taps; j++) {
                double distance = j - (taps / 2 - 1) - (double) row / up;
                values[j] = sinc(distance * lower) * kaiser(distance / (0.5 * taps), beta);
                sum += values[j];
            }
            for (int j = 0; j < taps; j++) {
                rows[row * taps + j] = (float) (values[j] / sum);
            }
        }
        return new PolyphaseFilter(up, down, taps, rows);
    }

    /** {@code to / from} in lowest terms, or, by its continued fraction, the nearest with a numerator in bounds. */
    private static int[] ratio(int from, int to, int maxUp) {
        long numerator = to;
        long denominator = from;
        long up = 1;
        long down = 0;
        long lastUp = 0;
        long lastDown = 1;
        while (denominator != 0) {
            long whole = numerator / denominator;
            long nextUp = whole * up + lastUp;
            long nextDown = whole * down + lastDown;
            if (nextUp > maxUp) {
                break;
            }
            lastUp = up;
            lastDown = down;
            up = nextUp;
            down = nextDown;
            long rest = numerator - whole * denominator;
            numerator = denominator;
            denominator = rest;
        }
        return new int[] {(int) up, (int) down};
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    private static double kaiser(double x, double beta) {
        return Math.abs(x) > 1 ? 0 : bessel(beta * Math.sqrt(1 - x * x)) / bessel(beta);
    }

    /** The modified Bessel function of the first kind and order 0. */
    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > sum * 1e-17; k++) {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }
        return sum;
    }
}
