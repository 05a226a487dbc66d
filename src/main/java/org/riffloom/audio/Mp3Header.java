package org.riffloom.audio;

import java.nio.ByteBuffer;

/**
 * The four bytes before each frame of MPEG layer III (ISO/IEC 11172-3, 2.4.1.3), of MPEG-1, or of MPEG-2 and "2.5" with
 * their lower sample rates.
 *
 * @param bits all of them
 */
record Mp3Header(int bits) {

    static final int BYTES = 4;

    private static final int[] KILOBITS = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};
    private static final int[] LOW_KILOBITS = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};
    private static final int[] SAMPLE_RATES = {44_100, 48_000, 32_000};
    /** Eleven ones, then the version, then layer III. */
    private static final int FORM_MASK = 0xFFE60000;

    private static final int FORM = 0xFFE20000;
    /** What stays the same from frame to frame, besides. */
    private static final int STREAM_MASK = 0xFFFE0C00;

    private static final int MPEG_1 = 3;
    private static final int RESERVED = 1;
    private static final int MONO = 3;

    /** @throws IllegalArgumentException if these are no header, or one of another kind of frame */
    Mp3Header {
        if (!isOne(bits)) {
            throw new IllegalArgumentException("No frame of MPEG layer III begins with " + Integer.toHexString(bits));
        }
    }

    /** Whether four bytes are a header; frames of a bit rate of their own choice are not known. */
    static boolean isOne(int bits) {
        int rate = (bits >>> 12) & 15;
        return (bits & FORM_MASK) == FORM
                && ((bits >>> 19) & 3) != RESERVED
                && rate != 0
                && rate != 15
                && ((bits >>> 10) & 3) != 3;
    }

    static Mp3Header at(byte[] file, int offset) {
        return new Mp3Header(ByteBuffer.wrap(file).getInt(offset));
    }

    /** Whether four bytes are the header of another frame of the same stream. */
    boolean continuesWith(int other) {
        return isOne(other) && ((bits ^ other) & STREAM_MASK) == 0 && channels() == new Mp3Header(other).channels();
    }

    int channels() {
        return ((bits >>> 6) & 3) == MONO ? 1 : 2;
    }

    int kilobits() {
        return (mpeg1() ? KILOBITS : LOW_KILOBITS)[(bits >>> 12) & 15];
    }

    /** In Hz. */
    int sampleRate() {
        int version = (bits >>> 19) & 3;
        return SAMPLE_RATES[(bits >>> 10) & 3] >> (version == MPEG_1 ? 0 : version == 2 ? 1 : 2);
    }

    /** Samples of each channel in a frame. */
    int samples() {
        return mpeg1() ? 1152 : 576;
    }

    /** Of the whole frame, header included. */
    int frameBytes() {
        int padding = (bits >>> 9) & 1;
        return samples() / 8 * kilobits() * 1000 / sampleRate() + padding;
    }

    /** Between the header and the frame's content; it says how that is coded. */
    int sideBytes() {
        if (mpeg1()) {
            return channels() == 1 ? 17 : 32;
        }
        return channels() == 1 ? 9 : 17;
    }

    private boolean mpeg1() {
        return ((bits >>> 19) & 3) == MPEG_1;
    }
}
