package org.riffloom.audio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The tags before an MP3 file's first frame (ID3v2.4.0). */
final class Id3Tag {

    static final int HEADER_BYTES = 10;

    private static final byte UTF_8 = 3;
    private static final int FOOTER = 0x10;

    private Id3Tag() {}

    /** Empty if there are no tags. */
    static byte[] of(SoundTags tags) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        tags.named("TIT2", "COMM").forEach((name, value) -> {
            byte[] text = value.getBytes(StandardCharsets.UTF_8);
            // A comment has a language, here none in particular, and a short description, here empty.
            byte[] before = name.equals("COMM") ? new byte[] {UTF_8, 'X', 'X', 'X', 0} : new byte[] {UTF_8};
            int size = before.length + text.length;
            frames.writeBytes(ByteBuffer.allocate(HEADER_BYTES + size)
                    .put(name.getBytes(StandardCharsets.US_ASCII))
                    .putInt(spread(size))
                    .putShort((short) 0)
                    .put(before)
                    .put(text)
                    .array());
        });
        if (frames.size() == 0) {
            return new byte[0];
        }
        return ByteBuffer.allocate(HEADER_BYTES + frames.size())
                .put(new byte[] {'I', 'D', '3', 4, 0, 0})
                .putInt(spread(frames.size()))
                .put(frames.toByteArray())
                .array();
    }

    /** Four times seven bits, so that no byte looks like the beginning of a frame. */
    private static int spread(int size) {
        return (size & 0x7F) | ((size & 0x3F80) << 1) | ((size & 0x1FC000) << 2) | ((size & 0xFE00000) << 3);
    }

    /**
     * Goes past all tags that come next, whatever they hold and however long they are.
     *
     * @param in supports marks
     * @throws java.io.EOFException if a tag is longer than what is left
     */
    static void skip(InputStream in) throws IOException {
        while (true) {
            in.mark(HEADER_BYTES);
            byte[] header = in.readNBytes(HEADER_BYTES);
            if (header.length < HEADER_BYTES || header[0] != 'I' || header[1] != 'D' || header[2] != '3') {
                in.reset();
                return;
            }
            long size = (header[5] & FOOTER) == 0 ? 0 : HEADER_BYTES;
            for (int i = 6; i < HEADER_BYTES; i++) {
                size += (long) (header[i] & 0x7F) << (7 * (HEADER_BYTES - 1 - i));
            }
            in.skipNBytes(size);
        }
    }
}
