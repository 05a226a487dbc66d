package org.riffloom.clip;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * What the sound of a stream goes on from after a clip: some 50 kB that mean something to {@link ClipStream#resume} alone.
 * They can be kept for years: of bytes that are damaged, or of another version of the program, a stream just begins out of
 * silence.
 *
 * <p>Four bytes of version, the parts, four bytes of CRC-32 over both.
 *
 * @param bytes as they are kept; every caller gets a read-only view with a position of its own
 */
public record StreamState(ByteBuffer bytes) {

    /** A stream that has not begun. */
    public static final StreamState SILENCE = new StreamState(ByteBuffer.allocate(0));

    /** More is no state. */
    public static final int MAX_BYTES = 1 << 20;

    /** Goes up with every change of what the parts write. */
    private static final int VERSION = 0x52535401;

    private static final int INITIAL_BYTES = 1 << 16;

    public StreamState {
        bytes = bytes.asReadOnlyBuffer();
    }

    /** Takes over an array, which must not be changed afterwards. */
    public static StreamState of(byte[] bytes) {
        return new StreamState(ByteBuffer.wrap(bytes));
    }

    /** Writes its parts. */
    @FunctionalInterface
    interface Writer {
        void write(DataOutput out) throws IOException;
    }

    /** Reads them. */
    @FunctionalInterface
    interface Reader {
        void read(DataInput in) throws IOException;
    }

    static StreamState written(Writer parts) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(INITIAL_BYTES);
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeInt(VERSION);
            parts.write(out);
            out.writeInt(checksum(ByteBuffer.wrap(bytes.toByteArray())));
            return of(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("No array throws this", e);
        }
    }

    /** @throws IOException if it is damaged, of another version, or the parts do not read all of it */
    void read(Reader parts) throws IOException {
        byte[] all = toArray();
        if (all.length < 2 * Integer.BYTES || all.length > MAX_BYTES) {
            throw new IOException("A stream's state has " + all.length + " bytes.");
        }
        int content = all.length - Integer.BYTES;
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(all, 0, content));
        if (in.readInt() != VERSION) {
            throw new IOException("A stream's state is of another version.");
        }
        if (ByteBuffer.wrap(all).getInt(content) != checksum(ByteBuffer.wrap(all, 0, content))) {
            throw new IOException("A stream's state is damaged.");
        }
        parts.read(in);
        if (in.available() > 0) {
            throw new IOException("A stream's state has " + in.available() + " bytes more than it should.");
        }
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    @Override
    public ByteBuffer bytes() {
        return bytes.duplicate();
    }

    /** Whether there is nothing to go on from. */
    public boolean isSilence() {
        return !bytes.hasRemaining();
    }

    /** A copy of the bytes. */
    public byte[] toArray() {
        byte[] copy = new byte[bytes.remaining()];
        bytes().get(copy);
        return copy;
    }

    @Override
    public String toString() {
        return "a stream's state of " + bytes.remaining() + " bytes";
    }
}
