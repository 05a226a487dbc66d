package org.riffloom.audio;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads FLAC files (RFC 9639) of 4 to 24 bits and up to 8 channels. Every frame's checks must be right, and none be missing.
 */
final class FlacReader {

    private static final int MARKER = 0x664C6143;
    private static final int STREAM_INFO_BYTES = 34;
    private static final int SYNC = 0x7FFC;
    private static final int MAX_BITS = 24;
    private static final int LEFT_AND_SIDE = 8;
    private static final int SIDE_AND_RIGHT = 9;
    private static final int MIDDLE_AND_SIDE = 10;

    private static final int[] SAMPLE_RATES = {
        0, 88_200, 176_400, 192_000, 8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000
    };
    private static final int[] SAMPLE_BITS = {0, 8, 12, 0, 16, 20, 24, 32};

    private final BitReader bits;
    private final String name;

    /** What the head says of every frame. */
    private record Info(int sampleRate, int channels, int sampleBits, long total) {}

    private FlacReader(InputStream in, String name) {
        this.bits = new BitReader(in);
        this.name = name;
    }

    /**
     * Reads a stream.
     *
     * @param in buffered
     * @throws UnreadableSoundException if it is damaged, or of a kind that is not supported
     */
    static void read(InputStream in, String name, SoundSink sink) throws IOException {
        try {
            new FlacReader(in, name).read(sink);
        } catch (EOFException e) {
            throw new UnreadableSoundException(name, "it is cut short.");
        }
    }

    private void read(SoundSink sink) throws IOException {
        if (bits.read(32) != MARKER) {
            throw damaged("it does not begin as a FLAC file");
        }
        Info info = readInfo();
        SampleOutput samples = new SampleOutput(name, info.sampleRate, info.channels, info.total, sink);
        // Other programs' tags may follow the last frame, where the head knows which one is the last.
        while (info.total == 0 ? !bits.atEnd() : samples.length() < info.total) {
            readFrame(info, samples);
        }
        if (info.total != 0 && samples.length() > info.total) {
            throw damaged("it has more samples than the " + info.total + " that it says it has");
        }
        samples.finish(samples.length());
    }

    private Info readInfo() throws IOException {
        boolean last = bits.read(1) == 1;
        if (bits.read(7) != 0 || bits.read(24) != STREAM_INFO_BYTES) {
            throw damaged("its head is none");
        }
        // Sizes of blocks and frames, which each of them tells itself.
        bits.skip(10);
        int sampleRate = (int) bits.read(20);
        int channels = (int) bits.read(3) + 1;
        int sampleBits = (int) bits.read(5) + 1;
        long total = bits.read(4) << 32 | bits.read(32);
        bits.skip(16);
        WaveFormat.requirePlayable(channels, sampleRate, name);
        if (sampleBits < 4 || sampleBits > MAX_BITS) {
            throw new UnreadableSoundException(
                    name, "its samples have " + sampleBits + " bits; 4 to " + MAX_BITS + " are supported.");
        }
        while (!last) {
            last = bits.read(1) == 1;
            bits.read(7);
            bits.skip(bits.read(24));
        }
        return new Info(sampleRate, channels, sampleBits, total);
    }

    private void readFrame(Info info, SampleOutput samples) throws IOException {
        bits.startChecks();
        if (bits.read(15) != SYNC) {
            throw damaged("a frame does not begin where it should");
        }
        bits.read(1);
        int sizeCode = (int) bits.read(4);
        int rateCode = (int) bits.read(4);
        int assignment = (int) bits.read(4);
        int sampleBits = SAMPLE_BITS[(int) bits.read(3)];
        bits.read(1);
        skipNumber();
        int size = readBlockSize(sizeCode);
        int sampleRate = readSampleRate(rateCode);
        int check = bits.headerCheck();
        int channels = assignment < LEFT_AND_SIDE ? assignment + 1 : 2;
        if (bits.read(8) != check || assignment > MIDDLE_AND_SIDE) {
            throw damaged("a frame's head is none");
        }
        if (channels != info.channels
                || (sampleRate != 0 && sampleRate != info.sampleRate)
                || (sampleBits != 0 && sampleBits != info.sampleBits)) {
            throw damaged("its format changes on the way");
        }
        int[][] block = new int[channels][size];
        for (int c = 0; c < channels; c++) {
            boolean side = assignment == SIDE_AND_RIGHT ? c == 0 : assignment >= LEFT_AND_SIDE && c == 1;
            readSubframe(block[c], info.sampleBits + (side ? 1 : 0));
        }
        bits.align();
        int frameCheck = bits.frameCheck();
        if (bits.read(16) != frameCheck) {
            throw damaged("the check of a frame is wrong");
        }
        correlate(block, assignment);
        store(block, info.sampleBits, samples);
    }

    private void skipNumber() throws IOException {
        int first = (int) bits.read(8);
        int ones = Integer.numberOfLeadingZeros(~(first << 24));
        for (int i = 1; i < ones; i++) {
            bits.read(8);
        }
    }

    private int readBlockSize(int code) throws IOException {
        return switch (code) {
            case 0 -> throw damaged("a block has a size that is none");
            case 1 -> 192;
            case 2, 3, 4, 5 -> 576 << (code - 2);
            case 6 -> (int) bits.read(8) + 1;
            case 7 -> (int) bits.read(16) + 1;
            default -> 256 << (code - 8);
        };
    }

    /** 0 for that of the head. */
    private int readSampleRate(int code) throws IOException {
        return switch (code) {
            case 12 -> (int) bits.read(8) * 1000;
            case 13 -> (int) bits.read(16);
            case 14 -> (int) bits.read(16) * 10;
            case 15 -> throw damaged("a frame has a sample rate that is none");
            default -> SAMPLE_RATES[code];
        };
    }

    private void readSubframe(int[] samples, int channelBits) throws IOException {
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

    private static void correlate(int[][] block, int assignment) {
        if (assignment < LEFT_AND_SIDE) {
            return;
        }
        int[] first = block[0];
        int[] second = block[1];
        for (int i = 0; i < first.length; i++) {
            if (assignment == LEFT_AND_SIDE) {
                second[i] = first[i] - second[i];
            } else if (assignment == SIDE_AND_RIGHT) {
                first[i] += second[i];
            } else {
                int twice = first[i] << 1 | (second[i] & 1);
                first[i] = (twice + second[i]) >> 1;
                second[i] = (twice - second[i]) >> 1;
            }
        }
    }

    private static void store(int[][] block, int sampleBits, SampleOutput samples) throws IOException {
        float[][] channels = samples.grow(block[0].length);
        int at = samples.at();
        float scale = 1f / (1 << (sampleBits - 1));
        for (int c = 0; c < channels.length; c++) {
            for (int i = 0; i < block[c].length; i++) {
                channels[c][at + i] = block[c][i] * scale;
            }
        }
    }

    private UnreadableSoundException damaged(String what) {
        return new UnreadableSoundException(name, "it is damaged; " + what + ".");
    }
}
