package org.riffloom.audio;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes WAV files with integers of 16 bits, rounded to the nearest; what is beyond full scale is clipped. */
public final class WaveWriter {

    private static final int HEADER_BYTES = 44;
    private static final int BLOCK_FRAMES = 1 << 13;

    private WaveWriter() {}

    /** Writes a file, in place of one that may be there. */
    public static void write(Waveform sound, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            write(sound, out);
        }
    }

    /** Writes to a stream, which is left open. */
    public static void write(Waveform sound, OutputStream out) throws IOException {
        int channels = sound.channels().length;
        long dataBytes = 2L * channels * sound.length();
        if (dataBytes > 0xFFFFFFFFL - HEADER_BYTES) {
            throw new IOException("A WAV file holds at most 4 GB; the sound has " + dataBytes + " bytes.");
        }
        out.write(header(channels, sound.sampleRate(), (int) dataBytes));
        for (int from = 0; from < sound.length(); from += BLOCK_FRAMES) {
            out.write(Pcm16.of(sound, from, Math.min(sound.length(), from + BLOCK_FRAMES)));
        }
    }

    private static byte[] header(int channels, int sampleRate, int dataBytes) {
        return ByteBuffer.allocate(HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(HEADER_BYTES - 8 + dataBytes)
                .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16)
                .putShort((short) WaveFormat.PCM)
                .putShort((short) channels)
                .putInt(sampleRate)
                .putInt(sampleRate * channels * 2)
                .putShort((short) (channels * 2))
                .putShort((short) 16)
                .put("data".getBytes(StandardCharsets.US_ASCII))
                .putInt(dataBytes)
                .array();
    }
}
