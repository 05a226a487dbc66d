package org.riffloom.audio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes WAV files with integers of 16 or 24 bits, rounded to the nearest; what is beyond full scale is clipped. Tags stand
 * before the samples in a {@code LIST} of {@code INFO}, in UTF-8.
 */
public final class WaveWriter {

    private static final int FORMAT_BYTES = 16;
    private static final int BLOCK_FRAMES = 1 << 13;
    private static final long MAX_BYTES = 0xFFFFFFFFL;

    private WaveWriter() {}

    /** Writes a file of 16 bits without tags, in place of one that may be there. */
    public static void write(Waveform sound, Path file) throws IOException {
        write(sound, SoundTags.NONE, Short.SIZE, file);
    }

    /**
     * Writes a file, in place of one that may be there.
     *
     * @param bits of a sample: 16 or 24
     */
    public static void write(Waveform sound, SoundTags tags, int bits, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            write(sound, tags, bits, out);
        }
    }

    /** Writes 16 bits without tags to a stream, which is left open. */
    public static void write(Waveform sound, OutputStream out) throws IOException {
        write(sound, SoundTags.NONE, Short.SIZE, out);
    }

    /**
     * Writes to a stream, which is left open.
     *
     * @param bits of a sample: 16 or 24
     */
    public static void write(Waveform sound, SoundTags tags, int bits, OutputStream out) throws IOException {
        if (bits != 16 && bits != 24) {
            throw new IllegalArgumentException("WAV files are written with 16 or 24 bits, not " + bits + ".");
        }
        int channels = sound.channels().length;
        long dataBytes = bits / 8L * channels * sound.length();
        // Chunks begin at even places.
        int padding = (int) (dataBytes & 1);
        byte[] info = info(tags);
        long size = 4 + 8 + FORMAT_BYTES + info.length + 8 + dataBytes + padding;
        if (size > MAX_BYTES) {
            throw new IOException("A WAV file holds at most 4 GB; the sound has " + dataBytes + " bytes.");
        }
        out.write(littleEndian(20 + FORMAT_BYTES)
                .put(ascii("RIFF"))
                .putInt((int) size)
                .put(ascii("WAVEfmt "))
                .putInt(FORMAT_BYTES)
                .putShort((short) WaveFormat.PCM)
                .putShort((short) channels)
                .putInt(sound.sampleRate())
                .putInt(sound.sampleRate() * channels * bits / 8)
                .putShort((short) (channels * bits / 8))
                .putShort((short) bits)
                .array());
        out.write(info);
        out.write(littleEndian(8).put(ascii("data")).putInt((int) dataBytes).array());
        for (int from = 0; from < sound.length(); from += BLOCK_FRAMES) {
            out.write(Pcm.of(sound, from, Math.min(sound.length(), from + BLOCK_FRAMES), bits));
        }
        out.write(new byte[padding]);
    }

    /** Nothing if there are no tags. */
    private static byte[] info(SoundTags tags) throws IOException {
        ByteArrayOutputStream entries = new ByteArrayOutputStream();
        for (Map.Entry<String, String> tag : tags.named("INAM", "ICMT").entrySet()) {
            byte[] text = tag.getValue().getBytes(StandardCharsets.UTF_8);
            int terminated = text.length + 1;
            entries.write(littleEndian(8 + terminated + (terminated & 1))
                    .put(ascii(tag.getKey()))
                    .putInt(terminated)
                    .put(text)
                    .array());
        }
        if (entries.size() == 0) {
            return new byte[0];
        }
        return littleEndian(12 + entries.size())
                .put(ascii("LIST"))
                .putInt(4 + entries.size())
                .put(ascii("INFO"))
                .put(entries.toByteArray())
                .array();
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] ascii(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }
}
