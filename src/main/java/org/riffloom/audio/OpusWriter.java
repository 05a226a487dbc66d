package org.riffloom.audio;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import io.github.jaredmdobson.concentus.OpusSignal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes Ogg Opus files (RFC 6716 and 7845) at 48 kHz, to the sample: the head says how many samples a player leaves out at
 * the beginning, and the last page where the sound ends.
 */
public final class OpusWriter {

    static final int SAMPLE_RATE = 48_000;

    private static final int MONO_BITS = 96_000;
    private static final int STEREO_BITS = 128_000;
    private static final int COMPLEXITY = 10;
    /** 20 ms. */
    static final int PACKET_SAMPLES = 960;
    /** A page each second. */
    static final int PAGE_PACKETS = 50;

    static final int MAX_PACKET_BYTES = 1275;
    private static final int HEAD_BYTES = 19;
    /** The same for every file, since nothing else is in one. */
    static final int SERIAL = 0x52696666;

    private OpusWriter() {}

    /** Writes a file, in place of one that may be there. */
    public static void write(Waveform sound, SoundTags tags, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            write(sound, tags, out);
        }
    }

    /**
     * Writes to a stream, which is left open: at 96 kbit/s on average, or 128 kbit/s in stereo.
     *
     * @param sound of any sample rate; the file has {@code ⌈length · 48000 / sampleRate⌉} samples
     * @throws IllegalArgumentException unless it has a sample, and one channel or two
     */
    public static void write(Waveform sound, SoundTags tags, OutputStream out) throws IOException {
        int channels = sound.channels().length;
        if (sound.length() == 0 || channels > 2) {
            throw new IllegalArgumentException("An Opus file has one channel or two of at least a sample, not "
                    + channels + " of " + sound.length() + ".");
        }
        PolyphaseFilter filter = PolyphaseFilter.between(sound.sampleRate(), SAMPLE_RATE);
        long told = ((long) sound.length() * filter.up() + filter.down() - 1) / filter.down();
        // The stream is the caller's to close.
        @SuppressWarnings("resource")
        OpusFile file = new OpusFile(out, sound.sampleRate(), channels, tags, told);
        file.write(sound);
        file.finish();
    }

    static OpusEncoder encoder(int channels) throws OpusException {
        OpusEncoder encoder = new OpusEncoder(SAMPLE_RATE, channels, OpusApplication.OPUS_APPLICATION_AUDIO);
        encoder.setBitrate(channels == 1 ? MONO_BITS : STEREO_BITS);
        encoder.setComplexity(COMPLEXITY);
        encoder.setSignalType(OpusSignal.OPUS_SIGNAL_MUSIC);
        encoder.setUseVBR(true);
        return encoder;
    }

    static byte[] head(int channels, int preSkip, int originalRate) {
        return ByteBuffer.allocate(HEAD_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("OpusHead".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) channels)
                .putShort((short) preSkip)
                .putInt(originalRate)
                .putShort((short) 0)
                .put((byte) 0)
                .array();
    }

    static byte[] tags(SoundTags tags, long length) {
        byte[] magic = "OpusTags".getBytes(StandardCharsets.US_ASCII);
        byte[] comment = VorbisComment.of(tags, length);
        return ByteBuffer.allocate(magic.length + comment.length)
                .put(magic)
                .put(comment)
                .array();
    }
}
