package org.riffloom.audio;

import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The packets of an Ogg Opus stream with one channel or two (RFC 7845). */
final class OpusPackets implements OggSound.Codec {

    private static final int HEAD_BYTES = 19;
    /** 120 ms, the longest that a packet can be. */
    private static final int MAX_PACKET_SAMPLES = 5760;

    private final OpusDecoder decoder;
    private final int channels;
    private final int preSkip;
    private final float scale;
    private final short[] decoded;
    private final String name;

    OpusPackets(byte[] head, String name) throws UnreadableSoundException {
        this.name = name;
        if (head.length < HEAD_BYTES || (head[8] & 0xF0) != 0) {
            throw new UnreadableSoundException(name, "it is damaged; its head is none.");
        }
        ByteBuffer fields = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        channels = head[9] & 0xFF;
        preSkip = Short.toUnsignedInt(fields.getShort(10));
        // Decibels in steps of 1/256.
        scale = (float) (Math.pow(10, fields.getShort(16) / (20.0 * 256)) / (1 << 15));
        if (head[18] != 0 || channels < 1 || channels > 2) {
            throw new UnreadableSoundException(
                    name, "it says it has " + channels + " channels; Opus is read with 1 or 2.");
        }
        decoded = new short[MAX_PACKET_SAMPLES * channels];
        try {
            decoder = new OpusDecoder(OpusWriter.SAMPLE_RATE, channels);
        } catch (OpusException e) {
            throw new IllegalStateException("The decoder refuses what it can do", e);
        }
    }

    @Override
    public int channels() {
        return channels;
    }

    @Override
    public int sampleRate() {
        return OpusWriter.SAMPLE_RATE;
    }

    @Override
    public int preSkip() {
        return preSkip;
    }

    @Override
    public void decode(byte[] packet, SampleOutput samples) throws IOException {
        try {
            if (packet.length == 0) {
                throw new OpusException("The packet is empty.");
            }
            int count = decoder.decode(packet, 0, packet.length, decoded, 0, MAX_PACKET_SAMPLES, false);
            float[][] to = samples.grow(count);
            int at = samples.at();
            for (int i = 0; i < count; i++) {
                for (int c = 0; c < channels; c++) {
                    to[c][at + i] = decoded[i * channels + c] * scale;
                }
            }
        } catch (OpusException e) {
            throw new UnreadableSoundException(name, "it is damaged; a packet is none of Opus.", e);
        }
    }
}
