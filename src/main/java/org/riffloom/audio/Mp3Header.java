package org.riffloom.audio;

import java.nio.ByteBuffer;

/**
 * The four bytes before each frame of MPEG-1 layer III (ISO/IEC 11172-3, 2.4.1.3).
 *
 * @param bits all of them
 */
record Mp3Header(int bits) {

    /** Samples of each channel in a frame. */
    static final int SAMPLES = 1152;

    static final int BYTES = 4;

    private static final int[] KILOBITS = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};
    private static final int[] SAMPLE_RATES = {44_100, 48_000, 32_000};
    /** Eleven ones, then MPEG-1, then layer III. */
    private static final int FORM_MASK = 0xFFFE0000;

    private static final int FORM = 0xFFFA0000;
    private static final int MONO = 3;
    private static final int MONO_SIDE_BYTES = 17;
    private static final int STEREO_SIDE_BYTES = 32;

    /** @throws IllegalArgumentException if these are no header, or one of another kind of frame */
    Mp3Header {
        int rate = (bits >>> 12) & 15;
        if ((bits & FORM_MASK) != FORM || rate == 0 || rate == 15 || ((bits >>> 10) & 3) == 3) {
            throw new IllegalArgumentException("No frame of MPEG-1 layer III begins with " + Integer.toHexString(bits));
        }
    }

    static Mp3Header at(byte[] file, int offset) {
        return new Mp3Header(ByteBuffer.wrap(file).getInt(offset));
    }

    int kilobits() {
        return KILOBITS[(bits >>> 12) & 15];
    }

    /** Of the whole frame, header included. */
    int frameBytes() {
        int sampleRate = SAMPLE_RATES[(bits >>> 10) & 3];
        int padding = (bits >>> 9) & 1;
        return SAMPLES / 8 * kilobits() * 1000 / sampleRate + padding;
    }

    /** Between the header and the frame's content; it says how that is coded. */
    int sideBytes() {
        return ((bits >>> 6) & 3) == MONO ? MONO_SIDE_BYTES : STEREO_SIDE_BYTES;
    }
}
