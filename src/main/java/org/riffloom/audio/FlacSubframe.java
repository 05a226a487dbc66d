package org.riffloom.audio;

import java.util.Arrays;
import java.util.Optional;

/** One channel of a block in the form that takes the fewest bits (RFC 9639, section 9.2). */
sealed interface FlacSubframe {

    int HEADER_BITS = 8;
    int FIXED = 8;
    int FITTED = 32;

    /** In bits, estimated. */
    long size();

    void write(BitWriter out);

    /**
     * The smallest form of samples that is found.
     *
     * @param samples of a block, at least one
     * @param bits that every sample fits in, sign included
     */
    static FlacSubframe smallest(int[] samples, int bits) {
        if (Arrays.stream(samples).allMatch(sample -> sample == samples[0])) {
            return new Constant(samples[0], bits);
        }
        LinearPredictor polynomial = LinearPredictor.fixed(fixedOrder(samples));
        FlacSubframe smallest = smaller(new Verbatim(samples, bits), polynomial, true, samples, bits);
        Optional<LinearPredictor> fitted = LinearPredictor.fitted(samples, bits);
        return fitted.isPresent() ? smaller(smallest, fitted.get(), false, samples, bits) : smallest;
    }

    private static FlacSubframe smaller(
            FlacSubframe other, LinearPredictor predictor, boolean fixed, int[] samples, int bits) {
        return predictor
                .residual(samples)
                .map(residual -> new Predicted(
                        samples, bits, predictor, fixed, residual, RiceCode.best(residual, predictor.order())))
                .filter(predicted -> predicted.size() < other.size())
                .map(FlacSubframe.class::cast)
                .orElse(other);
    }

    /** The one whose errors have the smallest sum. */
    private static int fixedOrder(int[] samples) {
        int[] differences = samples.clone();
        int best = 0;
        long least = Long.MAX_VALUE;
        for (int order = 0; order <= Math.min(LinearPredictor.MAX_FIXED_ORDER, samples.length - 1); order++) {
            long sum = 0;
            for (int i = samples.length - 1; i >= order; i--) {
                if (order > 0) {
                    differences[i] -= differences[i - 1];
                }
                sum += Math.abs(differences[i]);
            }
            if (sum < least) {
                least = sum;
                best = order;
            }
        }
        return best;
    }

    /** One value all along. */
    record Constant(int value, int bits) implements FlacSubframe {

        @Override
        public long size() {
            return (long) HEADER_BITS + bits;
        }

        @Override
        public void write(BitWriter out) {
            out.write(0, HEADER_BITS);
            out.write(value, bits);
        }
    }

    /** The samples as they are. */
    @SuppressWarnings("ArrayRecordComponent") // a bare carrier, never compared
    record Verbatim(int[] samples, int bits) implements FlacSubframe {

        @Override
        public long size() {
            return HEADER_BITS + (long) bits * samples.length;
        }

        @Override
        public void write(BitWriter out) {
            out.write(1 << 1, HEADER_BITS);
            for (int sample : samples) {
                out.write(sample, bits);
            }
        }
    }

    /** A few samples, and by how much a predictor is wrong about those after them. */
    @SuppressWarnings("ArrayRecordComponent") // a bare carrier, never compared
    record Predicted(int[] samples, int bits, LinearPredictor predictor, boolean fixed, int[] residual, RiceCode code)
            implements FlacSubframe {

        private static final int PRECISION_BITS = 4;
        private static final int SHIFT_BITS = 5;

        @Override
        public long size() {
            int order = predictor.order();
            long coefficients = fixed ? 0 : PRECISION_BITS + SHIFT_BITS + (long) order * LinearPredictor.PRECISION;
            return HEADER_BITS + (long) order * bits + coefficients + code.size();
        }

        @Override
        public void write(BitWriter out) {
            int order = predictor.order();
            out.write((fixed ? FIXED | order : FITTED | (order - 1)) << 1, HEADER_BITS);
            for (int i = 0; i < order; i++) {
                out.write(samples[i], bits);
            }
            if (!fixed) {
                out.write(LinearPredictor.PRECISION - 1, PRECISION_BITS);
                out.write(predictor.shift(), SHIFT_BITS);
                for (int coefficient : predictor.coefficients()) {
                    out.write(coefficient, LinearPredictor.PRECISION);
                }
            }
            code.write(residual, order, out);
        }
    }
}
