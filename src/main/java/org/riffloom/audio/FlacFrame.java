package org.riffloom.audio;

import java.io.IOException;
import java.io.OutputStream;

/** Blocks of samples as FLAC's frames (RFC 9639, section 9). */
final class FlacFrame {

    /** Of a sample. */
    static final int BITS = 16;

    private static final int SYNC = 0xFFF8;
    private static final int BLOCK_SIZE_FOLLOWS = 7;
    private static final int LEFT_AND_SIDE = 8;
    private static final int SIDE_AND_RIGHT = 9;
    private static final int MIDDLE_AND_SIDE = 10;
    private static final int SIXTEEN_BITS = 4;

    private final int sampleRate;
    private final int channels;
    private final BitWriter bits = new BitWriter();

    FlacFrame(int sampleRate, int channels) {
        this.sampleRate = sampleRate;
        this.channels = channels;
    }

    /**
     * Writes one frame.
     *
     * @param number counted from 0
     * @param block samples of each channel, at least 1 and at most 65,536
     */
    void write(int number, int[][] block, OutputStream out) throws IOException {
        FlacSubframe[] subframes = new FlacSubframe[channels];
        for (int c = 0; c < channels; c++) {
            subframes[c] = FlacSubframe.smallest(block[c], BITS);
        }
        int assignment = channels - 1;
        if (channels == 2) {
            assignment = decorrelate(block[0], block[1], subframes);
        }
        bits.clear();
        writeHeader(number, block[0].length, assignment);
        for (FlacSubframe subframe : subframes) {
            subframe.write(bits);
        }
        bits.align();
        bits.write(Crc.FLAC_FRAME.next(0, bits.bytes(), 0, bits.length()), 16);
        out.write(bits.bytes(), 0, bits.length());
    }

    /** Puts what they have in common, and what not, in the place of left and right where that is smaller. */
    private static int decorrelate(int[] left, int[] right, FlacSubframe[] subframes) {
        int[] middles = new int[left.length];
        int[] sides = new int[left.length];
        for (int i = 0; i < left.length; i++) {
            middles[i] = (left[i] + right[i]) >> 1;
            sides[i] = left[i] - right[i];
        }
        FlacSubframe middle = FlacSubframe.smallest(middles, BITS);
        FlacSubframe side = FlacSubframe.smallest(sides, BITS + 1);
        long leftSize = subframes[0].size();
        long rightSize = subframes[1].size();
        long least = Math.min(
                Math.min(leftSize, rightSize) + Math.min(Math.max(leftSize, rightSize), side.size()),
                middle.size() + side.size());
        if (least == leftSize + rightSize) {
            return 1;
        }
        if (least == leftSize + side.size()) {
            subframes[1] = side;
            return LEFT_AND_SIDE;
        }
        if (least == rightSize + side.size()) {
            subframes[0] = side;
            return SIDE_AND_RIGHT;
        }
        subframes[0] = middle;
        subframes[1] = side;
        return MIDDLE_AND_SIDE;
    }

    private void writeHeader(int number, int samples, int assignment) {
        int rate = rateCode();
        bits.write(SYNC, 16);
        bits.write(BLOCK_SIZE_FOLLOWS, 4);
        bits.write(rate, 4);
        bits.write(assignment, 4);
        bits.write(SIXTEEN_BITS, 3);
        bits.write(0, 1);
        writeNumber(number);
        bits.write(samples - 1, 16);
        if (rate == 12) {
            bits.write(sampleRate / 1000, 8);
        } else if (rate == 13) {
            bits.write(sampleRate, 16);
        } else if (rate == 14) {
            bits.write(sampleRate / 10, 16);
        }
        bits.write(Crc.FLAC_HEADER.next(0, bits.bytes(), 0, bits.length()), 8);
    }

    /** For rates without a number of their own: 12 in kHz, 13 in Hz, 14 in tens of Hz follow; 0 leaves it unsaid. */
    private int rateCode() {
        return switch (sampleRate) {
            case 88_200 -> 1;
            case 176_400 -> 2;
            case 192_000 -> 3;
            case 8_000 -> 4;
            case 16_000 -> 5;
            case 22_050 -> 6;
            case 24_000 -> 7;
            case 32_000 -> 8;
            case 44_100 -> 9;
            case 48_000 -> 10;
            case 96_000 -> 11;
            default -> {
                if (sampleRate <= 0xFFFF) {
                    yield 13;
                }
                if (sampleRate % 1000 == 0 && sampleRate <= 255_000) {
                    yield 12;
                }
                yield sampleRate % 10 == 0 ? 14 : 0;
            }
        };
    }

    /** As UTF-8 would, though with up to 31 bits. */
    private void writeNumber(int number) {
        if (number < 0x80) {
            bits.write(number, 8);
            return;
        }
        int further = 1;
        while (number >>> (5 * further + 6) != 0) {
            further++;
        }
        bits.write((0xFF00 >> (further + 1)) | (number >>> (6 * further)), 8);
        for (int i = further - 1; i >= 0; i--) {
            bits.write(0x80 | ((number >>> (6 * i)) & 0x3F), 8);
        }
    }
}
