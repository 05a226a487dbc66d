package org.riffloom.audio;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

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
    private final FlacSubframeReader subframes;
    private final String name;

    /** What the head says of every frame. */
    private record Info(int sampleRate, int channels, int sampleBits, long total) {}

    private FlacReader(InputStream in, String name) {
        this.bits = new BitReader(in);
        this.subframes = new FlacSubframeReader(bits, name);
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
            subframes.read(block[c], info.sampleBits + (side ? 1 : 0));
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
        return UnreadableSoundException.damaged(name, what);
    }
}
