package org.riffloom.audio;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What the first frame of an MP3 file tells players: how many frames follow, and how many samples at both ends are not of
 * the sound. The form is Xing's, for a constant bit rate called {@code Info}, with LAME's extension (the "Mp3 Info Tag
 * rev 1" specification by Gabriel Bouvigne).
 */
final class InfoTag {

    /** Samples by which LAME's own transforms begin late; what a decoder's add is not counted. */
    static final int ENCODER_DELAY = 576;

    /** Number of frames, number of bytes, table of contents, quality. */
    private static final int ALL_FIELDS = 0xF;

    private static final int CONTENTS = 100;
    /** LAME's scale from 0 to 100, for its quality 2 at a constant bit rate. */
    private static final int QUALITY = 58;

    /** Within LAME's extension. */
    private static final int DELAYS_AT = 9 + 1 + 1 + 4 + 2 + 2 + 1 + 1;

    private static final byte[] ENCODER = "LAME3.98r".getBytes(StandardCharsets.US_ASCII);
    private static final int CONSTANT_BIT_RATE = 1;
    private static final int MAX_RATE_BYTE = 255;

    private InfoTag() {}

    /**
     * What there is after the first frame of a file.
     *
     * @param count of frames
     * @param bytes of all of them
     * @param checksum of those
     */
    record Frames(int count, long bytes, int checksum) {

        /**
         * Looks at all that is left.
         *
         * @throws IllegalArgumentException if it is not one frame after the other
         */
        static Frames of(InputStream in) {
            try {
                int count = 0;
                long bytes = 0;
                int checksum = 0;
                byte[] begin = in.readNBytes(Mp3Header.BYTES);
                while (begin.length > 0) {
                    byte[] rest = in.readNBytes(Mp3Header.at(begin, 0).frameBytes() - begin.length);
                    checksum = InfoTag.checksum(checksum, begin, begin.length);
                    checksum = InfoTag.checksum(checksum, rest, rest.length);
                    bytes += begin.length + rest.length;
                    count++;
                    begin = in.readNBytes(Mp3Header.BYTES);
                }
                return new Frames(count, bytes, checksum);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Fills in the first frame of a file, which must be an empty one.
     *
     * @param file at least the first frame
     * @param rest what follows it
     * @param length samples of each channel of the sound
     */
    static void write(byte[] file, Mp3Header header, Frames rest, long length) {
        long padding = (long) rest.count() * header.samples() - ENCODER_DELAY - length;
        int bytes = (int) (header.frameBytes() + rest.bytes());
        ByteBuffer tag = ByteBuffer.wrap(file);
        tag.position(Mp3Header.BYTES + header.sideBytes());
        tag.put("Info".getBytes(StandardCharsets.US_ASCII));
        tag.putInt(ALL_FIELDS).putInt(rest.count()).putInt(bytes);
        for (int i = 0; i < CONTENTS; i++) {
            tag.put((byte) (i * 256 / CONTENTS));
        }
        tag.putInt(QUALITY);
        tag.put(ENCODER).put((byte) CONSTANT_BIT_RATE);
        // No lowpass, peak or gain is told, nor how the encoder was set up.
        tag.position(tag.position() + 1 + 4 + 2 + 2 + 1);
        tag.put((byte) Math.min(MAX_RATE_BYTE, header.kilobits()));
        tag.put((byte) (ENCODER_DELAY >> 4))
                .put((byte) ((ENCODER_DELAY << 4) | (padding >> 8)))
                .put((byte) padding);
        // Nor noise shaping, gain or preset.
        tag.position(tag.position() + 1 + 1 + 2);
        tag.putInt(bytes);
        tag.putShort((short) rest.checksum());
        tag.putShort((short) checksum(0, file, tag.position()));
    }

    /**
     * What a first frame tells.
     *
     * @param frames that follow; 0 if it does not say
     * @param delay samples before the sound, or −1 if it does not say
     * @param padding samples after it
     */
    record Told(int frames, int delay, int padding) {}

    /** Nothing if the frame is one like others. */
    static Optional<Told> read(byte[] frame, Mp3Header header) {
        int at = Mp3Header.BYTES + header.sideBytes();
        if (frame.length < at + 8) {
            return Optional.empty();
        }
        String form = new String(frame, at, 4, StandardCharsets.US_ASCII);
        if (!form.equals("Info") && !form.equals("Xing")) {
            return Optional.empty();
        }
        ByteBuffer tag = ByteBuffer.wrap(frame);
        int fields = tag.getInt(at + 4);
        int[] sizes = {4, 4, CONTENTS, 4};
        int extension = at + 8;
        for (int i = 0; i < sizes.length; i++) {
            extension += ((fields >> i) & 1) * sizes[i];
        }
        int delays = extension + DELAYS_AT;
        int frames = (fields & 1) != 0 && frame.length >= at + 12 ? Math.max(0, tag.getInt(at + 8)) : 0;
        if (frame.length < delays + 3 || frame[extension] != 'L') {
            return Optional.of(new Told(frames, -1, 0));
        }
        int both = ((frame[delays] & 0xFF) << 16) | ((frame[delays + 1] & 0xFF) << 8) | (frame[delays + 2] & 0xFF);
        return Optional.of(new Told(frames, both >> 12, both & 0xFFF));
    }

    /** CRC-16 with the polynomial x¹⁶ + x¹⁵ + x² + 1, least significant bit first, of some bytes more. */
    private static int checksum(int before, byte[] bytes, int count) {
        int crc = before;
        for (int i = 0; i < count; i++) {
            crc ^= bytes[i] & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc >>> 1) ^ ((crc & 1) * 0xA001);
            }
        }
        return crc;
    }
}
