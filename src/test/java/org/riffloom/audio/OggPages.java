package org.riffloom.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Makes the checks of Ogg's pages right, so that what is wrong within them comes to those who read it. */
final class OggPages {

    private static final int MAGIC = 0x5367674F;
    private static final int HEADER_BYTES = 27;

    private OggPages() {}

    /** Sets the checks of all pages from the beginning on, as far as there are any. */
    static void check(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (at + HEADER_BYTES <= file.length && bytes.getInt(at) == MAGIC) {
            int end = at + HEADER_BYTES + (file[at + 26] & 0xFF);
            for (int i = at + HEADER_BYTES;
                    i < Math.min(file.length, at + HEADER_BYTES + (file[at + 26] & 0xFF));
                    i++) {
                end += file[i] & 0xFF;
            }
            end = Math.min(end, file.length);
            bytes.putInt(at + 22, 0);
            bytes.putInt(at + 22, Crc.OGG_PAGE.next(0, file, at, end));
            at = end;
        }
    }
}
