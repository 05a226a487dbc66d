package org.riffloom.audio;

import java.util.Arrays;
import java.util.Optional;

/**
 * Foretells samples from those before them, in whole numbers, so that a decoder does exactly the same: sample {@code i} is
 * the sum of {@code coefficients[j] · samples[i − 1 − j]}, shifted to the right.
 *
 * @param coefficients one for each sample that is looked back at
 * @param shift bits to take off the sum
 */
@SuppressWarnings("ArrayRecordComponent") // a bare carrier, never compared
record LinearPredictor(int[] coefficients, int shift) {

    /** Bits of a coefficient. */
    static final int PRECISION = 14;

    static final int MAX_FIXED_ORDER = 4;

    private static final int MAX_FITTED_ORDER = 12;
    private static final int MAX_SHIFT = 15;
    private static final int MAX_RESIDUAL = 1 << 28;

    private static final int[][] FIXED = {{}, {1}, {2, -1}, {3, -3, 1}, {4, -6, 4, -1}};

    /** Continues a polynomial of degree {@code order − 1} (Robinson, "SHORTEN", 1994). */
    static LinearPredictor fixed(int order) {
        return new LinearPredictor(FIXED[order], 0);
    }

    /**
     * The predictor that fits samples best, by the autocorrelation method (Makhoul, "Linear prediction: a tutorial review",
     * 1975), with the number of coefficients that seems to cost the fewest bits; nothing for silence and for a few samples.
     *
     * @param bits of a sample
     */
    static Optional<LinearPredictor> fitted(int[] samples, int bits) {
        int maxOrder = Math.min(MAX_FITTED_ORDER, samples.length / 8);
        double[] correlation = autocorrelation(samples, maxOrder);
        if (maxOrder == 0 || correlation[0] == 0) {
            return Optional.empty();
        }
        double[] weights = new double[maxOrder];
        double[] best = new double[0];
        double bestCost = Double.MAX_VALUE;
        double error = correlation[0];
        // Levinson and Durbin's recursion.
        for (int order = 1; order <= maxOrder && error > 0; order++) {
            double reflection = correlation[order];
            for (int j = 0; j < order - 1; j++) {
                reflection -= weights[j] * correlation[order - 1 - j];
            }
            reflection /= error;
            double[] before = weights.clone();
            weights[order - 1] = reflection;
            for (int j = 0; j < order - 1; j++) {
                weights[j] = before[j] - reflection * before[order - 2 - j];
            }
            error *= 1 - reflection * reflection;
            double cost = order * (bits + PRECISION)
                    + samples.length * Math.max(0, 0.5 * Math.log(error / samples.length) / Math.log(2));
            if (cost < bestCost) {
                bestCost = cost;
                best = Arrays.copyOf(weights, order);
            }
        }
        return quantized(best);
    }

    /** Of the samples under a Welch window. */
    private static double[] autocorrelation(int[] samples, int maxLag) {
        double[] windowed = new double[samples.length];
        double half = 0.5 * (samples.length - 1);
        for (int i = 0; i < samples.length; i++) {
            double x = (i - half) / (half + 1);
            windowed[i] = samples[i] * (1 - x * x);
        }
        double[] correlation = new double[maxLag + 1];
        for (int lag = 0; lag <= maxLag; lag++) {
            double sum = 0;
            for (int i = lag; i < windowed.length; i++) {
                sum += windowed[i] * windowed[i - lag];
            }
            correlation[lag] = sum;
        }
        return correlation;
    }

    private static Optional<LinearPredictor> quantized(double[] weights) {
        double largest = 0;
        for (double weight : weights) {
            largest = Math.max(largest, Math.abs(weight));
        }
        if (largest == 0) {
            return Optional.empty();
        }
        int shift = Math.min(MAX_SHIFT, PRECISION - 2 - Math.getExponent(largest));
        if (shift < 0) {
            return Optional.empty();
        }
        int limit = 1 << (PRECISION - 1);
        int[] coefficients = new int[weights.length];
        double carried = 0;
        for (int j = 0; j < weights.length; j++) {
            double wanted = weights[j] * (1 << shift) + carried;
            coefficients[j] = (int) Math.max(-limit, Math.min(limit - 1, Math.round(wanted)));
            carried = wanted - coefficients[j];
        }
        return Optional.of(new LinearPredictor(coefficients, shift));
    }

    int order() {
        return coefficients.length;
    }

    /**
     * What the predictor is wrong by.
     *
     * @return one number for each sample, those that the predictor only looks back at zero; nothing if one is too large
     *     to be coded
     */
    Optional<int[]> residual(int[] samples) {
        int[] residual = new int[samples.length];
        for (int i = order(); i < samples.length; i++) {
            long difference = samples[i] - predict(samples, i);
            if (Math.abs(difference) > MAX_RESIDUAL) {
                return Optional.empty();
            }
            residual[i] = (int) difference;
        }
        return Optional.of(residual);
    }

    /** Turns what the predictor was wrong by into samples, in place, after those that it only looks back at. */
    void restore(int[] samples) {
        for (int i = order(); i < samples.length; i++) {
            samples[i] += (int) predict(samples, i);
        }
    }

    private long predict(int[] samples, int i) {
        long sum = 0;
        for (int j = 0; j < coefficients.length; j++) {
            sum += (long) coefficients[j] * samples[i - 1 - j];
        }
        return sum >> shift;
    }
}
