package org.riffloom.audio;

import java.util.Arrays;

/** Numbers of any number of bits, most significant bit first. */
final class BitWriter {

    private byte[] bytes = new byte[1 << 14];
    private int length;
    private long pending;
    private int pendingBits;

    /** Appends the lowest {@code bits} bits of a value, at most 32. */
    void write(int value, int bits) {
        pending = (pending << bits) | (value & ((1L << bits) - 1));
        pendingBits += bits;
        while (pendingBits >= Byte.SIZE) {
            pendingBits -= Byte.SIZE;
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * length);
            }
            bytes[length++] = (byte) (pending >>> pendingBits);
        }
    }

    /** Appends as many zeros, and a one. */
    void writeUnary(int zeros) {
        int left = zeros;
        while (left >= Integer.SIZE) {
            write(0, Integer.SIZE);
            left -= Integer.SIZE;
        }
        write(0, left);
        write(1, 1);
    }

    /** Fills the last byte with zeros. */
    void align() {
        write(0, -pendingBits & 7);
    }

    /** What was written, in whole bytes; the array may be longer. */
    byte[] bytes() {
        return bytes;
    }

    /** Of whole bytes. */
    int length() {
        return length;
    }

    /** Begins anew. */
    void clear() {
        length = 0;
        pending = 0;
        pendingBits = 0;
    }
}
