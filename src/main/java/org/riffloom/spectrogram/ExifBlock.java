package org.riffloom.spectrogram;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Where an image file keeps its EXIF block: a PNG in a chunk named {@code eXIf} (PNG specification, third edition), a
 * JPEG in the first application segment that begins with {@code Exif} (EXIF 2.3, section 4.7.2).
 */
final class ExifBlock {

    private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte[] PREFIX = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final int EXIF = chunkName("eXIf");
    private static final int END = chunkName("IEND");
    /** Signature, then length, name, 13 bytes of content and checksum of the header chunk. */
    private static final int AFTER_PNG_HEADER = 8 + 4 + 4 + 13 + 4;

    private static final int START_OF_IMAGE = 0xFFD8;
    private static final int END_OF_IMAGE = 0xFFD9;
    private static final int APPLICATION_1 = 0xFFE1;
    private static final int START_OF_SCAN = 0xFFDA;

    private ExifBlock() {}

    static boolean isPng(byte[] file) {
        return file.length >= AFTER_PNG_HEADER && Arrays.equals(file, 0, 8, PNG_SIGNATURE, 0, 8);
    }

    static boolean isJpeg(byte[] file) {
        return file.length >= 4 && Short.toUnsignedInt(ByteBuffer.wrap(file).getShort()) == START_OF_IMAGE;
    }

    /** Whether a PNG or JPEG file ends as one should: an end that is missing tells that the disk was full, or the like. */
    static boolean isWhole(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file);
        // The last chunk has no content, but a checksum.
        return isPng(file)
                ? in.getInt(file.length - 12) == 0 && in.getInt(file.length - 8) == END
                : isJpeg(file) && Short.toUnsignedInt(in.getShort(file.length - 2)) == END_OF_IMAGE;
    }

    /** The block of a PNG or JPEG file, if it has one. */
    static Optional<byte[]> find(byte[] file) {
        return (isPng(file) ? findInPng(file) : findInJpeg(file)).map(ExifBlock::withoutPrefix);
    }

    private static Optional<byte[]> findInPng(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file);
        int at = PNG_SIGNATURE.length;
        while (at + 12 <= file.length && in.getInt(at + 4) != END) {
            int length = in.getInt(at);
            if (length < 0 || length > file.length - at - 12) {
                break;
            }
            if (in.getInt(at + 4) == EXIF) {
                return Optional.of(Arrays.copyOfRange(file, at + 8, at + 8 + length));
            }
            at += length + 12;
        }
        return Optional.empty();
    }

    private static Optional<byte[]> findInJpeg(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file);
        int at = 2;
        while (at + 4 <= file.length) {
            int marker = Short.toUnsignedInt(in.getShort(at));
            int length = Short.toUnsignedInt(in.getShort(at + 2));
            if (marker == START_OF_SCAN || length < 2 || length > file.length - at - 2) {
                break;
            }
            byte[] content = Arrays.copyOfRange(file, at + 4, at + 2 + length);
            if (marker == APPLICATION_1 && hasPrefix(content)) {
                return Optional.of(content);
            }
            at += 2 + length;
        }
        return Optional.empty();
    }

    /** The PNG file with a block, which it must not have yet, right after its header. */
    static byte[] addToPng(byte[] file, byte[] block) {
        return addChunk(file, EXIF, block);
    }

    /**
     * The PNG file with a chunk right after its header.
     *
     * @param name by {@link #chunkName}
     */
    static byte[] addChunk(byte[] file, int name, byte[] content) {
        ByteBuffer chunk = ByteBuffer.allocate(12 + content.length)
                .putInt(content.length)
                .putInt(name)
                .put(content);
        CRC32 checksum = new CRC32();
        checksum.update(chunk.array(), 4, 4 + content.length);
        chunk.putInt((int) checksum.getValue());
        return insert(file, AFTER_PNG_HEADER, chunk.array());
    }

    /** The JPEG file with a block as its first segment, where EXIF wants it. */
    static byte[] addToJpeg(byte[] file, byte[] block) {
        ByteBuffer segment = ByteBuffer.allocate(4 + PREFIX.length + block.length)
                .putShort((short) APPLICATION_1)
                .putShort((short) (2 + PREFIX.length + block.length))
                .put(PREFIX)
                .put(block);
        return insert(file, 2, segment.array());
    }

    private static byte[] insert(byte[] file, int at, byte[] part) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(file.length + part.length);
        out.write(file, 0, at);
        out.writeBytes(part);
        out.write(file, at, file.length - at);
        return out.toByteArray();
    }

    /** A PNG's block should have no prefix, but some programs leave it there. */
    private static byte[] withoutPrefix(byte[] block) {
        return hasPrefix(block) ? Arrays.copyOfRange(block, PREFIX.length, block.length) : block;
    }

    private static boolean hasPrefix(byte[] block) {
        return block.length >= PREFIX.length && Arrays.equals(block, 0, PREFIX.length, PREFIX, 0, PREFIX.length);
    }

    /** A chunk's name of four letters as a number. */
    static int chunkName(String name) {
        return ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII)).getInt();
    }
}
