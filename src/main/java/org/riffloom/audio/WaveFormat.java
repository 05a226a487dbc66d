package org.riffloom.audio;

import java.nio.ByteBuffer;

/**
 * How samples lie in a WAV file.
 *
 * @param floating IEEE floating point, else two's complement integers
 * @param channels interleaved
 * @param sampleRate in Hz
 * @param bits of one sample: 8 (without a sign), 16, 24 or 32, for floating point 32 or 64
 */
record WaveFormat(boolean floating, int channels, int sampleRate, int bits) {

    static final int PCM = 1;
    private static final int IEEE_FLOAT = 3;
    static final int EXTENSIBLE = 0xFFFE;
    private static final int SUBFORMAT_OFFSET = 24;
    private static final int MAX_CHANNELS = 8;
    private static final int MIN_SAMPLE_RATE = 1_000;
    private static final int MAX_SAMPLE_RATE = 384_000;

    /**
     * Reads a {@code fmt } chunk.
     *
     * @param chunk little-endian, at least 16 bytes
     * @throws UnreadableSoundException if the format makes no sense or is not supported
     */
    static WaveFormat parse(ByteBuffer chunk, String file) throws UnreadableSoundException {
        int encoding = Short.toUnsignedInt(chunk.getShort(0));
        int channels = Short.toUnsignedInt(chunk.getShort(2));
        int sampleRate = chunk.getInt(4);
        int blockAlign = Short.toUnsignedInt(chunk.getShort(12));
        int bits = Short.toUnsignedInt(chunk.getShort(14));
        if (encoding == EXTENSIBLE && chunk.limit() >= SUBFORMAT_OFFSET + 2) {
            encoding = Short.toUnsignedInt(chunk.getShort(SUBFORMAT_OFFSET));
        }
        requirePlayable(channels, Integer.toUnsignedLong(sampleRate), file);
        boolean floating = encoding == IEEE_FLOAT;
        boolean supported =
                floating ? bits == 32 || bits == 64 : encoding == PCM && bits >= 8 && bits <= 32 && bits % 8 == 0;
        if (!supported) {
            throw new UnreadableSoundException(
                    file,
                    "its samples have encoding " + encoding + " and " + bits
                            + " bits; integers of 8, 16, 24 or 32 bits and floating point of 32 or 64 are supported.");
        }
        WaveFormat format = new WaveFormat(floating, channels, sampleRate, bits);
        if (blockAlign != format.frameBytes()) {
            throw new UnreadableSoundException(
                    file, "its header contradicts itself about how many bytes " + channels + " samples take.");
        }
        return format;
    }

    /** @throws UnreadableSoundException unless a file of any kind may have so many channels at this rate in Hz */
    static void requirePlayable(int channels, long sampleRate, String file) throws UnreadableSoundException {
        if (channels < 1 || channels > MAX_CHANNELS) {
            throw new UnreadableSoundException(
                    file, "it says it has " + channels + " channels; 1 to " + MAX_CHANNELS + " are supported.");
        }
        if (sampleRate < MIN_SAMPLE_RATE || sampleRate > MAX_SAMPLE_RATE) {
            throw new UnreadableSoundException(
                    file,
                    "its sample rate is " + sampleRate + " Hz; " + MIN_SAMPLE_RATE + " to " + MAX_SAMPLE_RATE
                            + " are supported.");
        }
    }

    /** Bytes of one sample of every channel. */
    int frameBytes() {
        return channels * bits / 8;
    }

    /** The sample at an offset of a little-endian buffer, at full scale −1 to 1. */
    float sample(ByteBuffer data, int offset) {
        if (floating) {
            return bits == 64 ? (float) data.getDouble(offset) : data.getFloat(offset);
        }
        return switch (bits) {
            case 8 -> ((data.get(offset) & 0xFF) - 128) / 0x1p7f;
            case 16 -> data.getShort(offset) / 0x1p15f;
            case 24 -> ((data.getShort(offset + 1) << 8) | (data.get(offset) & 0xFF)) / 0x1p23f;
            default -> data.getInt(offset) / 0x1p31f;
        };
    }
}
