package org.riffloom.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Samples as little-endian integers of 16 bits, rounded to the nearest; what is beyond full scale is clipped. */
final class Pcm16 {

    private static final int FULL_SCALE = 32768;

    private Pcm16() {}

    /** All channels of the samples from {@code from} to {@code to}, exclusive, interleaved. */
    static byte[] of(Waveform sound, int from, int to) {
        ByteBuffer bytes = ByteBuffer.allocate(Short.BYTES * sound.channels().length * (to - from))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = from; i < to; i++) {
            for (float[] channel : sound.channels()) {
                int value = Math.round(channel[i] * FULL_SCALE);
                bytes.putShort((short) Math.max(-FULL_SCALE, Math.min(FULL_SCALE - 1, value)));
            }
        }
        return bytes.array();
    }
}
