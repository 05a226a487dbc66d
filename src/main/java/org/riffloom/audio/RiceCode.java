package org.riffloom.audio;

/**
 * How small numbers are coded in FLAC: in equal parts, each by Rice's code with a parameter of its own (RFC 9639, section
 * 9.2.7).
 *
 * @param partitionOrder the binary logarithm of the number of parts
 * @param parameters one for each part: the number of low bits that are written as they are
 * @param size in bits, estimated
 */
@SuppressWarnings("ArrayRecordComponent") // a bare carrier, never compared
record RiceCode(int partitionOrder, int[] parameters, long size) {

    private static final int METHOD_BITS = 2;
    private static final int ORDER_BITS = 4;
    static final int PARAMETER_BITS = 4;
    /** 15 stands for numbers that are written as they are. */
    private static final int MAX_PARAMETER = 14;

    private static final int MAX_PARTITION_ORDER = 8;

    /**
     * The code that seems to take the fewest bits.
     *
     * @param order how many numbers at the beginning are not coded; the first part is shorter by these
     */
    static RiceCode best(int[] residual, int order) {
        int finest = 0;
        while (finest < MAX_PARTITION_ORDER
                && residual.length % (2 << finest) == 0
                && residual.length >> (finest + 1) > order) {
            finest++;
        }
        long[] sums = sums(residual, order, finest);
        RiceCode best = of(sums, residual.length, order, finest);
        for (int partitions = finest - 1; partitions >= 0; partitions--) {
            for (int p = 0; p < 1 << partitions; p++) {
                sums[p] = sums[2 * p] + sums[2 * p + 1];
            }
            RiceCode coarser = of(sums, residual.length, order, partitions);
            best = coarser.size < best.size ? coarser : best;
        }
        return best;
    }

    private static long[] sums(int[] residual, int order, int partitionOrder) {
        long[] sums = new long[1 << partitionOrder];
        int partition = residual.length >> partitionOrder;
        for (int i = order; i < residual.length; i++) {
            sums[i / partition] += Integer.toUnsignedLong(folded(residual[i]));
        }
        return sums;
    }

    private static RiceCode of(long[] sums, int count, int order, int partitionOrder) {
        int[] parameters = new int[1 << partitionOrder];
        long size = METHOD_BITS + ORDER_BITS;
        for (int p = 0; p < parameters.length; p++) {
            int numbers = (count >> partitionOrder) - (p == 0 ? order : 0);
            long least = Long.MAX_VALUE;
            for (int parameter = 0; parameter <= MAX_PARAMETER; parameter++) {
                // Half of what the shift takes off, on average.
                long high = Math.max(0, (sums[p] >> parameter) - (parameter == 0 ? 0 : numbers / 2));
                long bits = PARAMETER_BITS + numbers * (1L + parameter) + high;
                if (bits < least) {
                    least = bits;
                    parameters[p] = parameter;
                }
            }
            size += least;
        }
        return new RiceCode(partitionOrder, parameters, size);
    }

    /** Writes numbers, from {@code order} on. */
    void write(int[] residual, int order, BitWriter out) {
        out.write(0, METHOD_BITS);
        out.write(partitionOrder, ORDER_BITS);
        int partition = residual.length >> partitionOrder;
        int i = order;
        for (int p = 0; p < parameters.length; p++) {
            int parameter = parameters[p];
            out.write(parameter, PARAMETER_BITS);
            for (; i < (p + 1) * partition; i++) {
                int folded = folded(residual[i]);
                out.writeUnary(folded >>> parameter);
                out.write(folded, parameter);
            }
        }
    }

    /** 0, −1, 1, −2, 2, … become 0, 1, 2, 3, 4, … */
    private static int folded(int value) {
        return (value << 1) ^ (value >> 31);
    }

    /** The other way round. */
    static int unfolded(int value) {
        return (value >>> 1) ^ -(value & 1);
    }
}
