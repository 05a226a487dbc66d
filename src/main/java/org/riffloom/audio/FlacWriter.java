package org.riffloom.audio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Writes FLAC files (RFC 9639) with the samples that a WAV file of 16 bits would have, none of them lost: blocks of 4096
 * samples, polynomials and fitted linear prediction of up to 12 coefficients, and whichever of left, right, middle and side
 * takes the fewest bits.
 */
public final class FlacWriter {

    static final int BLOCK = 4096;
    private static final int MAX_CHANNELS = 8;
    private static final int MAX_SAMPLE_RATE = 655_350;
    private static final int STREAM_INFO = 0;
    private static final int STREAM_INFO_BYTES = 34;
    private static final int VORBIS_COMMENT = 4;
    private static final int LAST = 0x80;

    private FlacWriter() {}

    /** Writes a file, in place of one that may be there. */
    public static void write(Waveform sound, SoundTags tags, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            write(sound, tags, out);
        }
    }

    /**
     * Writes to a stream, which is left open.
     *
     * @throws IllegalArgumentException unless it has a sample and 1 to 8 channels at 1 to 655,350 Hz
     */
    public static void write(Waveform sound, SoundTags tags, OutputStream out) throws IOException {
        if (sound.length() == 0 || sound.channels().length > MAX_CHANNELS || sound.sampleRate() > MAX_SAMPLE_RATE) {
            throw new IllegalArgumentException("A FLAC file has 1 to 8 channels of at least a sample at up to "
                    + MAX_SAMPLE_RATE + " Hz, not " + sound.channels().length + " of " + sound.length() + " at "
                    + sound.sampleRate() + " Hz.");
        }
        out.write(head(sound.sampleRate(), sound.channels().length, sound.length(), fingerprint(sound), tags));
        FlacFrame frame = new FlacFrame(sound.sampleRate(), sound.channels().length);
        for (int from = 0; from < sound.length(); from += BLOCK) {
            int[][] block = block(sound, from, Math.min(sound.length(), from + BLOCK));
            frame.write(from / BLOCK, block, out);
        }
    }

    private static void writeBlock(OutputStream out, int type, byte[] content) throws IOException {
        out.write(ByteBuffer.allocate(4).putInt((type << 24) | content.length).array());
        out.write(content);
    }

    /**
     * All that comes before the frames, of the same length whatever their number but for the tags of a loop.
     *
     * @param length samples of each channel
     * @param fingerprint the MD5 of all samples
     */
    static byte[] head(int sampleRate, int channels, long length, byte[] fingerprint, SoundTags tags)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write("fLaC".getBytes(StandardCharsets.US_ASCII));
        writeBlock(out, STREAM_INFO, streamInfo(sampleRate, channels, length, fingerprint));
        writeBlock(out, LAST | VORBIS_COMMENT, VorbisComment.of(tags, length));
        return out.toByteArray();
    }

    private static byte[] streamInfo(int sampleRate, int channels, long length, byte[] fingerprint) {
        BitWriter out = new BitWriter();
        out.write(BLOCK, 16);
        out.write(BLOCK, 16);
        // The sizes of the smallest and the largest frame are not told.
        out.write(0, 24);
        out.write(0, 24);
        out.write(sampleRate, 20);
        out.write(channels - 1, 3);
        out.write(FlacFrame.BITS - 1, 5);
        out.write((int) (length >>> 32), 4);
        out.write((int) length, 32);
        for (byte part : fingerprint) {
            out.write(part, Byte.SIZE);
        }
        byte[] info = new byte[STREAM_INFO_BYTES];
        System.arraycopy(out.bytes(), 0, info, 0, info.length);
        return info;
    }

    private static byte[] fingerprint(Waveform sound) {
        MessageDigest digest = digest();
        for (int from = 0; from < sound.length(); from += BLOCK) {
            digest.update(Pcm.of(sound, from, Math.min(sound.length(), from + BLOCK), FlacFrame.BITS));
        }
        return digest.digest();
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has MD5", e);
        }
    }

    private static int[][] block(Waveform sound, int from, int to) {
        int[][] block = new int[sound.channels().length][to - from];
        for (int c = 0; c < block.length; c++) {
            for (int i = from; i < to; i++) {
                block[c][i - from] = Pcm.quantize(sound.channels()[c][i], FlacFrame.BITS);
            }
        }
        return block;
    }
}
