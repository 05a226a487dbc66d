package org.riffloom.audio;

/** Cyclic redundancy checks that begin at 0, most significant bit first. */
final class Crc {

    /** x⁸ + x² + x + 1. */
    static final Crc FLAC_HEADER = new Crc(8, 0x07);
    /** x¹⁶ + x¹⁵ + x² + 1. */
    static final Crc FLAC_FRAME = new Crc(16, 0x8005);
    /** That of Ethernet, though not reflected. */
    static final Crc OGG_PAGE = new Crc(32, 0x04C11DB7);

    private final int bits;
    private final int mask;
    private final int[] table = new int[256];

    /** @param polynomial without its highest term */
    private Crc(int bits, int polynomial) {
        this.bits = bits;
        this.mask = -1 >>> (Integer.SIZE - bits);
        for (int i = 0; i < table.length; i++) {
            int crc = i << (bits - 8);
            for (int bit = 0; bit < 8; bit++) {
                boolean carry = ((crc >>> (bits - 1)) & 1) != 0;
                crc = (crc << 1) ^ (carry ? polynomial : 0);
            }
            table[i] = crc & mask;
        }
    }

    /** The check of what had the check {@code crc}, and one more byte. */
    int next(int crc, int value) {
        return ((crc << 8) ^ table[((crc >>> (bits - 8)) ^ value) & 0xFF]) & mask;
    }

    /** The same for the bytes from {@code from} to {@code to}, exclusive. */
    int next(int crc, byte[] bytes, int from, int to) {
        int next = crc;
        for (int i = from; i < to; i++) {
            next = next(next, bytes[i]);
        }
        return next;
    }
}
