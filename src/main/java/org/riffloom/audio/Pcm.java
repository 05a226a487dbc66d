package org.riffloom.audio;

/** Samples as integers, rounded to the nearest; what is beyond full scale is clipped. */
final class Pcm {

    private Pcm() {}

    /** @param bits of the integer: 16 or 24 */
    static int quantize(float sample, int bits) {
        int fullScale = 1 << (bits - 1);
        return Math.max(-fullScale, Math.min(fullScale - 1, Math.round(sample * fullScale)));
    }

    /** All channels of the samples from {@code from} to {@code to}, exclusive, interleaved and little-endian. */
    static byte[] of(Waveform sound, int from, int to, int bits) {
        byte[] bytes = new byte[bits / 8 * sound.channels().length * (to - from)];
        int at = 0;
        for (int i = from; i < to; i++) {
            for (float[] channel : sound.channels()) {
                int value = quantize(channel[i], bits);
                for (int shift = 0; shift < bits; shift += 8) {
                    bytes[at++] = (byte) (value >> shift);
                }
            }
        }
        return bytes;
    }
}
