package org.riffloom.audio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Puts packets into the pages of one Ogg stream (RFC 3533). */
final class OggWriter {

    static final int CONTINUED = 1;
    static final int FIRST = 2;
    static final int LAST = 4;

    /** That of a page on which no packet ends. */
    static final long NO_POSITION = -1;

    private static final int HEADER_BYTES = 27;
    private static final int CHECKSUM_AT = 22;
    private static final int MAX_SEGMENTS = 255;

    private final OutputStream out;
    private final int serial;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final byte[] segments = new byte[MAX_SEGMENTS];
    private int segmentCount;
    private int page;
    private boolean continued;
    private long position = NO_POSITION;

    /** @param serial that tells the stream from others in the same file */
    OggWriter(OutputStream out, int serial) {
        this.out = out;
        this.serial = serial;
    }

    /**
     * Appends a packet.
     *
     * @param end what the page's position is, if this is the last packet that ends on it
     */
    void write(byte[] packet, int length, long end) throws IOException {
        int at = 0;
        while (true) {
            if (segmentCount == MAX_SEGMENTS) {
                flush(false);
                continued = at > 0;
            }
            int part = Math.min(255, length - at);
            segments[segmentCount++] = (byte) part;
            content.write(packet, at, part);
            at += part;
            if (part < 255) {
                break;
            }
        }
        position = end;
    }

    /** Ends the page. */
    void flush(boolean last) throws IOException {
        int flags = (continued ? CONTINUED : 0) | (page == 0 ? FIRST : 0) | (last ? LAST : 0);
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + segmentCount + content.size())
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("OggS".getBytes(StandardCharsets.US_ASCII)).put((byte) 0).put((byte) flags);
        bytes.putLong(position).putInt(serial).putInt(page++).putInt(0);
        bytes.put((byte) segmentCount).put(segments, 0, segmentCount).put(content.toByteArray());
        bytes.putInt(CHECKSUM_AT, Crc.OGG_PAGE.next(0, bytes.array(), 0, bytes.capacity()));
        out.write(bytes.array());
        content.reset();
        segmentCount = 0;
        continued = false;
        position = NO_POSITION;
    }
}
