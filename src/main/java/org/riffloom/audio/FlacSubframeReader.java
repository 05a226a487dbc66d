package org.riffloom.audio;

import java.io.IOException;
import java.util.Arrays;

/** Reads what a frame of a FLAC file has of one channel (RFC 9639, section 9.2). */
final class FlacSubframeReader {

    private final BitReader bits;
    private final String name;

    /** @param name of the file, for those who are told that it is damaged */
    FlacSubframeReader(BitReader bits, String name) {
        this.bits = bits;
        this.name = name;
    }

    /**
     * Reads the next.
     *
     * @param samples receives the whole block
     * @param channelBits of a sample of this channel
     * @throws UnreadableSoundException if it is damaged
     */
    void read(int[] samples, int channelBits) throws IOException {
        int zero = (int) bits.read(1);
        int type = (int) bits.read(6);
        int wasted = bits.read(1) == 0 ? 0 : bits.readUnary() + 1;
        int sampleBits = channelBits - wasted;
        boolean known = type < 2
                || (type >= FlacSubframe.FIXED && type <= FlacSubframe.FIXED + LinearPredictor.MAX_FIXED_ORDER)
                || type >= FlacSubframe.FITTED;
        if (zero != 0 || sampleBits < 1 || !known) {
            throw damaged("a channel of a frame is coded in no known way");
        }
        if (type == 0) {
            Arrays.fill(samples, bits.readSigned(sampleBits));
        } else if (type == 1) {
            readPlain(samples, samples.length, sampleBits);
        } else {
            boolean fixed = type < FlacSubframe.FITTED;
            int order = fixed ? type - FlacSubframe.FIXED : type - FlacSubframe.FITTED + 1;
            if (order > samples.length) {
                throw damaged("a block is shorter than what its predictor looks back at");
            }
            readPlain(samples, order, sampleBits);
            LinearPredictor predictor = fixed ? LinearPredictor.fixed(order) : readPredictor(order);
            readResidual(samples, order);
            predictor.restore(samples);
        }
        if (wasted > 0) {
            for (int i = 0; i < samples.length; i++) {
                samples[i] <<= wasted;
            }
        }
    }

    private void readPlain(int[] samples, int count, int sampleBits) throws IOException {
        for (int i = 0; i < count; i++) {
            samples[i] = bits.readSigned(sampleBits);
        }
    }

    private LinearPredictor readPredictor(int order) throws IOException {
        int precision = (int) bits.read(4) + 1;
        int shift = bits.readSigned(5);
        if (precision == 16 || shift < 0) {
            throw damaged("a predictor is none");
        }
        int[] coefficients = new int[order];
        for (int j = 0; j < order; j++) {
            coefficients[j] = bits.readSigned(precision);
        }
        return new LinearPredictor(coefficients, shift);
    }

    private void readResidual(int[] residual, int order) throws IOException {
        int method = (int) bits.read(2);
        int partitionOrder = (int) bits.read(4);
        int partition = residual.length >> partitionOrder;
        if (method > 1 || partition << partitionOrder != residual.length || partition < order) {
            throw damaged("a frame is divided in no way that can be");
        }
        int parameterBits = RiceCode.PARAMETER_BITS + method;
        int escape = (1 << parameterBits) - 1;
        int i = order;
        for (int end = partition; end <= residual.length && partition > 0; end += partition) {
            int parameter = (int) bits.read(parameterBits);
            if (parameter == escape) {
                int plain = (int) bits.read(5);
                for (; i < end; i++) {
                    residual[i] = bits.readSigned(plain);
                }
            } else {
                for (; i < end; i++) {
                    residual[i] = RiceCode.unfolded((bits.readUnary() << parameter) | (int) bits.read(parameter));
                }
            }
        }
    }

    private UnreadableSoundException damaged(String what) {
        return UnreadableSoundException.damaged(name, what);
    }
}
