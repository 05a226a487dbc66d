package org.riffloom.audio;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Numbers of any number of bits, most significant bit first, and the check of the bytes that they come from. */
final class BitReader {

    private final InputStream in;
    private int current;
    private int left;
    private int frameCheck;
    private int headerCheck;

    /** @param in buffered */
    BitReader(InputStream in) {
        this.in = in;
    }

    /** Whether nothing is left; what is left of the last byte is thrown away. */
    boolean atEnd() throws IOException {
        left = 0;
        in.mark(1);
        boolean end = in.read() < 0;
        in.reset();
        return end;
    }

    /** Begins the checks anew, at the beginning of a byte. */
    void startChecks() {
        frameCheck = 0;
        headerCheck = 0;
    }

    /** The {@link Crc#FLAC_FRAME} of all bytes that were begun. */
    int frameCheck() {
        return frameCheck;
    }

    /** The {@link Crc#FLAC_HEADER} of all bytes that were begun. */
    int headerCheck() {
        return headerCheck;
    }

    /**
     * The next bits as a number without a sign.
     *
     * @param bits at most 32
     */
    long read(int bits) throws IOException {
        long value = 0;
        int wanted = bits;
        while (wanted > 0) {
            if (left == 0) {
                next();
            }
            int taken = Math.min(wanted, left);
            left -= taken;
            wanted -= taken;
            value = (value << taken) | ((current >>> left) & ((1 << taken) - 1));
        }
        return value;
    }

    /** The next bits as a number with a sign, at most 32 of them. */
    int readSigned(int bits) throws IOException {
        return bits == 0 ? 0 : (int) (read(bits) << (Long.SIZE - bits) >> (Long.SIZE - bits));
    }

    /** How many zeros come before the next one. */
    int readUnary() throws IOException {
        int zeros = 0;
        while (true) {
            if (left == 0) {
                next();
            }
            int rest = current & ((1 << left) - 1);
            if (rest != 0) {
                int leading = left - (Integer.SIZE - Integer.numberOfLeadingZeros(rest));
                left -= leading + 1;
                return zeros + leading;
            }
            zeros += left;
            left = 0;
        }
    }

    /** Goes to the beginning of the next byte. */
    void align() {
        left = 0;
    }

    /** Goes past bytes, from the beginning of one. */
    void skip(long bytes) throws IOException {
        in.skipNBytes(bytes);
    }

    private void next() throws IOException {
        current = in.read();
        if (current < 0) {
            throw new EOFException();
        }
        left = Byte.SIZE;
        frameCheck = Crc.FLAC_FRAME.next(frameCheck, current);
        headerCheck = Crc.FLAC_HEADER.next(headerCheck, current);
    }
}
