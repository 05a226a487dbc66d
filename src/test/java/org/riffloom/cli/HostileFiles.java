package org.riffloom.cli;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;

/** Makes files that lie about themselves, for all tests of what reads files of others. */
public final class HostileFiles {

    /** Of a WAV file's samples: whole numbers. */
    public static final int PCM = 1;

    /** Of a WAV file's samples: floating point. */
    public static final int FLOAT = 3;

    /** A sample rate in Hz. */
    public static final int RATE = 44_100;

    /** As many samples as there are in six seconds. */
    private static final int LENGTH = 6 * RATE;

    private HostileFiles() {}

    /**
     * A WAV file.
     *
     * @param declared bytes of samples that it says it has
     */
    public static byte[] wave(int encoding, int channels, int rate, int bits, byte[] samples, int declared) {
        int block = channels * bits / 8;
        return ByteBuffer.allocate(44 + samples.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(ascii("RIFF"))
                .putInt(36 + declared)
                .put(ascii("WAVEfmt "))
                .putInt(16)
                .putShort((short) encoding)
                .putShort((short) channels)
                .putInt(rate)
                .putInt(rate * block)
                .putShort((short) block)
                .putShort((short) bits)
                .put(ascii("data"))
                .putInt(declared)
                .put(samples)
                .array();
    }

    /** Silence with one sample that is not. */
    public static byte[] floats(float sample) {
        byte[] samples = ByteBuffer.allocate(4 * LENGTH)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(4 * RATE, sample)
                .array();
        return wave(FLOAT, 1, RATE, 32, samples, samples.length);
    }

    /**
     * A PNG file.
     *
     * @param rows that are there, black; the header says {@code height}
     * @param between chunks before the pixels
     */
    public static byte[] png(int width, int height, int rows, byte[]... between) {
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        byte[] row = new byte[1 + 3 * width];
        byte[] packed = new byte[1 << 16];
        for (int i = 0; i <= rows; i++) {
            if (i < rows) {
                deflater.setInput(row);
            } else {
                deflater.finish();
            }
            for (int count = deflater.deflate(packed); count > 0; count = deflater.deflate(packed)) {
                pixels.write(packed, 0, count);
            }
        }
        deflater.end();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        file.writeBytes(chunk("IHDR", header.array()));
        for (byte[] chunk : between) {
            file.writeBytes(chunk);
        }
        file.writeBytes(chunk("IDAT", pixels.toByteArray()));
        file.writeBytes(chunk("IEND", new byte[0]));
        return file.toByteArray();
    }

    /** A chunk of a PNG file. */
    public static byte[] chunk(String type, byte[] data) {
        ByteBuffer chunk = ByteBuffer.allocate(12 + data.length)
                .putInt(data.length)
                .put(ascii(type))
                .put(data);
        CRC32 check = new CRC32();
        check.update(chunk.duplicate().flip().position(4));
        return chunk.putInt((int) check.getValue()).array();
    }

    /** A whole image that does not pack well. */
    public static byte[] noise() {
        BufferedImage image = new BufferedImage(512, 512, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 512 * 512; i++) {
            image.setRGB(i % 512, i / 512, i * 0x9E3779B1 >>> 8);
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return file.toByteArray();
    }

    /** A text as bytes. */
    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
