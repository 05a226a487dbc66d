package org.riffloom.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the directory of a zip archive (PKWARE's APPNOTE 6.3.10, with its 64-bit records) and believes none of it.
 * Java's own {@code ZipFile} does not tell where in the file a member's bytes lie, which is what mapping them needs.
 */
final class ZipDirectory {

    private static final int END_BYTES = 22;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final int LOCATOR_BYTES = 20;
    private static final int END_64_BYTES = 56;
    private static final int CENTRAL_BYTES = 46;
    private static final int LOCAL_BYTES = 30;
    private static final int END = 0x06054B50;
    private static final int LOCATOR = 0x07064B50;
    private static final int END_64 = 0x06064B50;
    private static final int CENTRAL = 0x02014B50;
    private static final int LOCAL = 0x04034B50;
    private static final int EXTRA_64 = 1;
    private static final long IN_EXTRA = 0xFFFFFFFFL;

    /** A checkpoint has some thousand members, of a hundred bytes each. */
    private static final long MAX_DIRECTORY = 64L << 20;

    /** Weights hardly compress; an archive that says they do so much more is after the reader's memory. */
    private static final int MAX_RATIO = 20;

    private static final long RATIO_ALLOWANCE = 1 << 20;

    private final Path path;
    private final FileChannel channel;
    private final long size;

    private ZipDirectory(Path path, FileChannel channel, long size) {
        this.path = path;
        this.channel = channel;
        this.size = size;
    }

    /**
     * The members of an archive by name.
     *
     * @throws CheckpointException if the file is no zip archive, is cut short, contradicts itself, or would unpack to far
     *     more than it is
     */
    static Map<String, ZipMember> read(Path path, FileChannel channel) throws IOException {
        return new ZipDirectory(path, channel, channel.size()).members();
    }

    private Map<String, ZipMember> members() throws IOException {
        Extent extent = extent();
        if (extent.bytes > MAX_DIRECTORY
                || extent.start < 0
                || extent.bytes < 0
                || extent.start > size - extent.bytes) {
            throw malformed("its directory cannot be " + extent.bytes + " bytes at " + extent.start);
        }
        ByteBuffer directory = take(extent.start, (int) extent.bytes);
        Map<String, ZipMember> members = new LinkedHashMap<>();
        while (directory.remaining() >= CENTRAL_BYTES) {
            ZipMember member = member(directory, extent.start);
            if (members.put(member.name(), member) != null) {
                throw malformed("it has " + member.name() + " twice");
            }
        }
        if (directory.hasRemaining() || members.size() != extent.entries) {
            throw malformed(
                    "its directory has " + members.size() + " entries of the " + extent.entries + " it announces");
        }
        requireApart(members.values().stream()
                .sorted(Comparator.comparingLong(ZipMember::offset))
                .toList());
        requireModest(members);
        return members;
    }

    /** Where the directory lies. */
    private record Extent(long start, long bytes, long entries) {}

    private Extent extent() throws IOException {
        int tailBytes = (int) Math.min(size, END_BYTES + LONGEST_COMMENT);
        ByteBuffer tail = take(size - tailBytes, tailBytes);
        for (int at = tailBytes - END_BYTES; at >= 0; at--) {
            if (tail.getInt(at) == END) {
                Extent wide = extent64(size - tailBytes + at);
                return wide != null
                        ? wide
                        : new Extent(
                                Integer.toUnsignedLong(tail.getInt(at + 16)),
                                Integer.toUnsignedLong(tail.getInt(at + 12)),
                                Short.toUnsignedLong(tail.getShort(at + 10)));
            }
        }
        throw malformed("it has no directory at its end; it is cut short or no zip archive");
    }

    private @Nullable Extent extent64(long end) throws IOException {
        if (end < LOCATOR_BYTES + END_64_BYTES) {
            return null;
        }
        ByteBuffer locator = take(end - LOCATOR_BYTES, LOCATOR_BYTES);
        if (locator.getInt(0) != LOCATOR) {
            return null;
        }
        long at = locator.getLong(8);
        if (at < 0 || at > end - LOCATOR_BYTES - END_64_BYTES) {
            throw malformed("its 64-bit end record cannot be at " + at);
        }
        ByteBuffer record = take(at, END_64_BYTES);
        if (record.getInt(0) != END_64) {
            throw malformed("it has no 64-bit end record at " + at);
        }
        return new Extent(record.getLong(48), record.getLong(40), record.getLong(32));
    }

    private ZipMember member(ByteBuffer directory, long directoryStart) throws IOException {
        int at = directory.position();
        int nameBytes = Short.toUnsignedInt(directory.getShort(at + 28));
        int extraBytes = Short.toUnsignedInt(directory.getShort(at + 30));
        int commentBytes = Short.toUnsignedInt(directory.getShort(at + 32));
        int next = at + CENTRAL_BYTES + nameBytes + extraBytes + commentBytes;
        if (directory.getInt(at) != CENTRAL || next > directory.limit()) {
            throw malformed("its directory breaks off at byte " + at);
        }
        byte[] nameText = new byte[nameBytes];
        directory.get(at + CENTRAL_BYTES, nameText);
        String name = new String(nameText, StandardCharsets.UTF_8);
        int flags = directory.getShort(at + 8);
        int method = Short.toUnsignedInt(directory.getShort(at + 10));
        if ((flags & 1) != 0 || (method != 0 && method != 8)) {
            throw new CheckpointException.Unsupported(
                    path, name + " is encrypted or packed by method " + method + "; stored and deflated are read.");
        }
        Extra extra = new Extra(directory.slice(at + CENTRAL_BYTES + nameBytes, extraBytes), name);
        long bytes = extra.widen(directory.getInt(at + 24));
        long storedBytes = extra.widen(directory.getInt(at + 20));
        long header = extra.widen(directory.getInt(at + 42));
        directory.position(next);
        if (method == 0 && bytes != storedBytes) {
            throw malformed(name + " is not compressed and yet has two sizes");
        }
        return new ZipMember(
                name, dataOffset(name, header, storedBytes, directoryStart), storedBytes, bytes, method == 8);
    }

    /** The 64-bit values of an entry: only those that do not fit in 32, in the order of the fields. */
    private final class Extra {

        private final ByteBuffer values;

        Extra(ByteBuffer fields, String name) {
            fields.order(ByteOrder.LITTLE_ENDIAN);
            ByteBuffer found = ByteBuffer.allocate(0);
            while (fields.remaining() >= 4) {
                int tag = Short.toUnsignedInt(fields.getShort());
                int length = Short.toUnsignedInt(fields.getShort());
                if (length > fields.remaining()) {
                    throw malformed("the extra fields of " + name + " are cut short");
                }
                if (tag == EXTRA_64) {
                    found = fields.slice(fields.position(), length).order(ByteOrder.LITTLE_ENDIAN);
                }
                fields.position(fields.position() + length);
            }
            values = found;
        }

        long widen(int field) {
            long value = Integer.toUnsignedLong(field);
            if (value == IN_EXTRA && values.remaining() >= Long.BYTES) {
                value = values.getLong();
            }
            if (value < 0) {
                throw malformed("a size or an offset in its directory is beyond 64 bits");
            }
            return value;
        }
    }

    /** A member's bytes follow its local header, whose extra field may differ in length from the directory's. */
    private long dataOffset(String name, long header, long storedBytes, long directoryStart) throws IOException {
        if (header > directoryStart - LOCAL_BYTES) {
            throw malformed(name + " cannot begin at byte " + header);
        }
        ByteBuffer local = take(header, LOCAL_BYTES);
        if (local.getInt(0) != LOCAL) {
            throw malformed(name + " does not begin at byte " + header);
        }
        long data = header
                + LOCAL_BYTES
                + Short.toUnsignedInt(local.getShort(26))
                + Short.toUnsignedInt(local.getShort(28));
        if (data > directoryStart || storedBytes > directoryStart - data) {
            throw malformed(name + " does not end before the directory");
        }
        return data;
    }

    private void requireApart(List<ZipMember> inOrder) {
        long free = 0;
        for (ZipMember member : inOrder) {
            if (member.offset() < free) {
                throw malformed(member.name() + " lies where another member still is");
            }
            free = member.offset() + member.storedBytes();
        }
    }

    private void requireModest(Map<String, ZipMember> members) {
        long limit = size * MAX_RATIO + RATIO_ALLOWANCE;
        long total = 0;
        for (ZipMember member : members.values()) {
            if (member.bytes() > limit - total) {
                throw malformed("its " + size + " bytes would unpack to more than " + limit
                        + " (a zip bomb, or no file of weights)");
            }
            total += member.bytes();
        }
    }

    private ByteBuffer take(long position, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw malformed("it ends at byte " + (position + buffer.position()));
            }
        }
        return buffer.flip();
    }

    private CheckpointException malformed(String what) {
        return new CheckpointException.Malformed(path, "is not a good zip archive: " + what + ".");
    }
}
