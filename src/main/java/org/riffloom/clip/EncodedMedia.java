package org.riffloom.clip;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.imageio.ImageIO;
import org.riffloom.audio.Mp3Writer;
import org.riffloom.audio.WaveWriter;
import org.riffloom.audio.Waveform;

/**
 * A sound or a picture as the bytes of a file.
 *
 * @param mediaType such as {@code audio/wav}
 * @param bytes the whole file; every caller gets a read-only view with a position of its own
 */
public record EncodedMedia(String mediaType, ByteBuffer bytes) {

    /** About what a clip's sound takes. */
    private static final int INITIAL_WAV_BYTES = 1 << 19;

    private static final int FINGERPRINT_BYTES = 8;

    public EncodedMedia {
        bytes = bytes.asReadOnlyBuffer();
    }

    /** Takes over an array, which must not be changed afterwards. */
    public static EncodedMedia of(String mediaType, byte[] bytes) {
        return new EncodedMedia(mediaType, ByteBuffer.wrap(bytes));
    }

    /** A sound as a WAV file. */
    static EncodedMedia wav(Waveform sound) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(INITIAL_WAV_BYTES);
        try {
            WaveWriter.write(sound, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return of("audio/wav", out.toByteArray());
    }

    /** A sound as an MP3 file. */
    static EncodedMedia mp3(Waveform sound) {
        return of("audio/mpeg", Mp3Writer.encode(sound));
    }

    /** A picture as a PNG file. */
    static EncodedMedia png(BufferedImage picture) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return of("image/png", out.toByteArray());
    }

    @Override
    public ByteBuffer bytes() {
        return bytes.duplicate();
    }

    /** The number of bytes. */
    public int size() {
        return bytes.remaining();
    }

    /** A copy of the bytes. */
    public byte[] toArray() {
        byte[] copy = new byte[size()];
        bytes().get(copy);
        return copy;
    }

    /** A short name for the bytes, worked out from all of them: sixteen hexadecimal digits of their SHA-256. */
    public String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes());
            return HexFormat.of().formatHex(digest.digest(), 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
