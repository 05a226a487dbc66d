package org.riffloom.audio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;

/**
 * Writes WAV files with integers of 16 or 24 bits, rounded to the nearest; what is beyond full scale is clipped. Tags stand
 * before the samples in a {@code LIST} of {@code INFO}, in UTF-8, and a loop's points in a {@code smpl}, which samplers read.
 *
 * <p>24 bits come with the extensible header that Microsoft asks for above 16 bits (Multiple channel audio data and WAVE
 * files, 2001), which also says which loudspeaker a channel is for; 16 bits with the plain one, which everything can read.
 */
public final class WaveWriter {

    private static final int FORMAT_BYTES = 16;
    private static final int EXTENSION_BYTES = 24;

    /** That the samples are {@link WaveFormat#PCM}: the two bytes before these, and {@code 00000000-0000-0010-8000-00AA00389B71}. */
    private static final byte[] SUBFORMAT_END = HexFormat.of().parseHex("000000001000800000aa00389b71");

    private static final int FRONT_CENTRE = 4;
    private static final int FRONT_LEFT_AND_RIGHT = 3;
    private static final int NO_LOUDSPEAKER = 0;
    /** What samplers call the pitch of a sound that has none of its own: middle C. */
    private static final int UNITY_NOTE = 60;

    /** Nine numbers about the sound and six about its one loop. */
    private static final int SAMPLER_BYTES = 15 * Integer.BYTES;

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
        out.write(head(sound.sampleRate(), channels, bits, sound.length(), tags));
        writeSamples(sound, bits, out);
        out.write(new byte[padding(channels, bits, sound.length())]);
    }

    /**
     * All that comes before the samples, of the same length whatever their number.
     *
     * @param length samples of each channel
     */
    static byte[] head(int sampleRate, int channels, int bits, long length, SoundTags tags) throws IOException {
        long dataBytes = bits / 8L * channels * length;
        byte[] info = info(tags);
        byte[] format = format(sampleRate, channels, bits);
        byte[] loop = tags.loop() ? loop(sampleRate, length) : new byte[0];
        int headBytes = 12 + 8 + format.length + info.length + loop.length + 8;
        long size = headBytes - 8 + dataBytes + padding(channels, bits, length);
        if (size > MAX_BYTES) {
            throw new IOException("A WAV file holds at most 4 GB; the sound has " + dataBytes + " bytes.");
        }
        return littleEndian(headBytes)
                .put(ascii("RIFF"))
                .putInt((int) size)
                .put(ascii("WAVEfmt "))
                .putInt(format.length)
                .put(format)
                .put(info)
                .put(loop)
                .put(ascii("data"))
                .putInt((int) dataBytes)
                .array();
    }

    static void writeSamples(Waveform sound, int bits, OutputStream out) throws IOException {
        for (int from = 0; from < sound.length(); from += BLOCK_FRAMES) {
            out.write(Pcm.of(sound, from, Math.min(sound.length(), from + BLOCK_FRAMES), bits));
        }
    }

    /** Bytes after the samples, since chunks begin at even places. */
    static int padding(int channels, int bits, long length) {
        return (int) (bits / 8L * channels * length & 1);
    }

    private static byte[] format(int sampleRate, int channels, int bits) {
        boolean extensible = bits > Short.SIZE;
        byte[] plain = littleEndian(FORMAT_BYTES)
                .putShort((short) (extensible ? WaveFormat.EXTENSIBLE : WaveFormat.PCM))
                .putShort((short) channels)
                .putInt(sampleRate)
                .putInt(sampleRate * channels * bits / 8)
                .putShort((short) (channels * bits / 8))
                .putShort((short) bits)
                .array();
        if (!extensible) {
            return plain;
        }
        int loudspeakers = switch (channels) {
            case 1 -> FRONT_CENTRE;
            case 2 -> FRONT_LEFT_AND_RIGHT;
            default -> NO_LOUDSPEAKER;
        };
        return littleEndian(FORMAT_BYTES + EXTENSION_BYTES)
                .put(plain)
                .putShort((short) (EXTENSION_BYTES - Short.BYTES))
                .putShort((short) bits)
                .putInt(loudspeakers)
                .putShort((short) WaveFormat.PCM)
                .put(SUBFORMAT_END)
                .array();
    }

    /** A sampler chunk (Multimedia Programming Interface and Data Specifications, 1994): all of the sound, for ever. */
    private static byte[] loop(int sampleRate, long length) {
        return littleEndian(8 + SAMPLER_BYTES)
                .put(ascii("smpl"))
                .putInt(SAMPLER_BYTES)
                // Made by nobody for no instrument in particular.
                .putInt(0)
                .putInt(0)
                .putInt((int) Math.round(1e9 / sampleRate))
                .putInt(UNITY_NOTE)
                // In tune, and without a time code.
                .putInt(0)
                .putInt(0)
                .putInt(0)
                // One loop, and nothing beyond it.
                .putInt(1)
                .putInt(0)
                // Its name, that it runs forwards, its first and last samples, no fraction of one, and no end.
                .putInt(0)
                .putInt(0)
                .putInt(0)
                .putInt((int) length - 1)
                .putInt(0)
                .putInt(0)
                .array();
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
