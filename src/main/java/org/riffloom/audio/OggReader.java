package org.riffloom.audio;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes the packets out of the pages of a file's first Ogg stream (RFC 3533). */
final class OggReader {

    private static final int MAGIC = 0x5367674F;
    private static final int HEADER_BYTES = 27;
    private static final int CHECKSUM_AT = 22;

    private final InputStream in;
    private final String name;
    private int serial;
    private int pages;
    private byte[] page = new byte[0];
    private int segments;
    private int segment;
    private int at;
    private boolean last;
    private long position;

    OggReader(InputStream in, String name) {
        this.in = in;
        this.name = name;
    }

    /**
     * The next packet; nothing after the last one.
     *
     * @param maxBytes that it may have
     * @throws UnreadableSoundException if it is damaged, cut short or longer
     */
    Optional<byte[]> next(int maxBytes) throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        return read(packet, maxBytes) ? Optional.of(packet.toByteArray()) : Optional.empty();
    }

    /** Goes past a packet, however long it is. */
    void skip() throws IOException {
        read(null, Integer.MAX_VALUE);
    }

    /** Whether the packet that was read last is the last one that ends on its page. */
    boolean endsPage() {
        for (int i = segment; i < segments; i++) {
            if ((page[HEADER_BYTES + i] & 0xFF) < 255) {
                return false;
            }
        }
        return true;
    }

    /** Whether no page follows that of the packet which was read last. */
    boolean lastPage() {
        return last;
    }

    /** Of the page of the packet that was read last: where in the sound the last packet ends that ends on it. */
    long position() {
        return position;
    }

    private boolean read(@Nullable ByteArrayOutputStream packet, int maxBytes) throws IOException {
        boolean begun = false;
        while (true) {
            if (segment == segments) {
                if (last) {
                    if (begun) {
                        throw damaged("its last packet has no end");
                    }
                    return false;
                }
                nextPage(begun);
                continue;
            }
            begun = true;
            int size = page[HEADER_BYTES + segment++] & 0xFF;
            if (packet != null) {
                if (packet.size() + size > maxBytes) {
                    throw damaged("a packet has more than " + maxBytes + " bytes");
                }
                packet.write(page, at, size);
            }
            at += size;
            if (size < 255) {
                return true;
            }
        }
    }

    private void nextPage(boolean continued) throws IOException {
        try {
            do {
                readPage();
            } while (pages > 0 && little().getInt(14) != serial);
        } catch (EOFException e) {
            throw new UnreadableSoundException(name, "it is cut short.");
        }
        int flags = page[5];
        if (pages == 0) {
            serial = little().getInt(14);
        }
        if (little().getInt(18) != pages) {
            throw damaged("a page is missing");
        }
        if (((flags & OggWriter.CONTINUED) != 0) != continued || ((flags & OggWriter.FIRST) != 0) != (pages == 0)) {
            throw damaged("its pages do not follow each other");
        }
        pages++;
        last = (flags & OggWriter.LAST) != 0;
        segments = page[HEADER_BYTES - 1] & 0xFF;
        segment = 0;
        at = HEADER_BYTES + segments;
        long end = little().getLong(6);
        if (end != OggWriter.NO_POSITION) {
            position = end;
        }
    }

    private void readPage() throws IOException {
        byte[] header = take(HEADER_BYTES);
        if (ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt(0) != MAGIC || header[4] != 0) {
            throw damaged("a page does not begin where it should");
        }
        byte[] sizes = take(header[HEADER_BYTES - 1] & 0xFF);
        int bytes = 0;
        for (byte size : sizes) {
            bytes += size & 0xFF;
        }
        page = ByteBuffer.allocate(HEADER_BYTES + sizes.length + bytes)
                .put(header)
                .put(sizes)
                .put(take(bytes))
                .array();
        int checksum = little().getInt(CHECKSUM_AT);
        little().putInt(CHECKSUM_AT, 0);
        if (Crc.OGG_PAGE.next(0, page, 0, page.length) != checksum) {
            throw damaged("the check of a page is wrong");
        }
    }

    private ByteBuffer little() {
        return ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN);
    }

    private byte[] take(int bytes) throws IOException {
        byte[] taken = in.readNBytes(bytes);
        if (taken.length < bytes) {
            throw new EOFException();
        }
        return taken;
    }

    private UnreadableSoundException damaged(String what) {
        return UnreadableSoundException.damaged(name, what);
    }
}
