package org.riffloom.audio;

import java.util.ArrayList;
import java.util.List;

/**
 * Looks through a Vorbis stream's setup (Vorbis I specification, section 4.2.4) for sizes that no encoder writes, and that
 * would make the decoder take memory out of all proportion.
 */
final class VorbisSetup {

    private static final int MAGIC_BYTES = 7;
    private static final int CODEBOOK = 0x564342;
    /** Of one codebook, and of all; those of real encoders are many times smaller. */
    private static final long MAX_VALUES = 1 << 18;

    private static final long MAX_ALL_VALUES = 1 << 20;
    /** Half the longest block, for the most channels. */
    private static final int MAX_RESIDUE = 4096 * 8;

    private final byte[] packet;
    private final List<Codebook> books = new ArrayList<>();
    private long at = 8L * MAGIC_BYTES;

    private record Codebook(int dimensions, int entries) {}

    /** What is wrong; it never leaves this class. */
    private static final class Implausible extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private VorbisSetup(byte[] packet) {
        this.packet = packet;
    }

    static boolean isPlausible(byte[] packet) {
        try {
            VorbisSetup setup = new VorbisSetup(packet);
            setup.codebooks();
            setup.skip(16L * (setup.read(6) + 1));
            setup.floors();
            setup.residues();
            return true;
        } catch (Implausible e) {
            return false;
        }
    }

    private Codebook codebook(int number) throws Implausible {
        require(number < books.size());
        return books.get(number);
    }

    private void codebooks() throws Implausible {
        int count = read(8) + 1;
        long values = 0;
        for (int b = 0; b < count; b++) {
            require(read(24) == CODEBOOK);
            int dimensions = read(16);
            int entries = read(24);
            long size = (long) dimensions * entries;
            values += size;
            require(size > 0 && size <= MAX_VALUES && values <= MAX_ALL_VALUES);
            books.add(new Codebook(dimensions, entries));
            lengths(entries);
            int lookup = read(4);
            require(lookup <= 2);
            if (lookup > 0) {
                skip(64);
                int bits = read(4) + 1;
                skip(1);
                skip(bits * (lookup == 1 ? root(entries, dimensions) : size));
            }
        }
    }

    private void lengths(int entries) throws Implausible {
        if (read(1) == 1) {
            skip(5);
            int known = 0;
            while (known < entries) {
                known += read(Integer.SIZE - Integer.numberOfLeadingZeros(entries - known));
                require(known <= entries);
            }
            return;
        }
        boolean sparse = read(1) == 1;
        for (int i = 0; i < entries; i++) {
            if (!sparse || read(1) == 1) {
                skip(5);
            }
        }
    }

    /** The largest whole number whose power is at most {@code value}. */
    private static int root(int value, int exponent) {
        int root = 1;
        while (Math.pow(root + 1, exponent) <= value) {
            root++;
        }
        return root;
    }

    private void floors() throws Implausible {
        int count = read(6) + 1;
        for (int f = 0; f < count; f++) {
            int type = read(16);
            require(type <= 1);
            if (type == 0) {
                skip(8 + 16 + 16 + 6 + 8);
                skip(8L * (read(4) + 1));
            } else {
                floor1();
            }
        }
    }

    private void floor1() throws Implausible {
        int[] classes = new int[read(5)];
        int classCount = 0;
        for (int p = 0; p < classes.length; p++) {
            classes[p] = read(4);
            classCount = Math.max(classCount, classes[p] + 1);
        }
        int[] dimensions = new int[classCount];
        for (int c = 0; c < classCount; c++) {
            dimensions[c] = read(3) + 1;
            int subclasses = read(2);
            skip(subclasses == 0 ? 0 : 8);
            skip(8L << subclasses);
        }
        skip(2);
        int bits = read(4);
        for (int partition : classes) {
            skip((long) bits * dimensions[partition]);
        }
    }

    private void residues() throws Implausible {
        int count = read(6) + 1;
        for (int r = 0; r < count; r++) {
            require(read(16) <= 2);
            skip(24);
            require(read(24) <= MAX_RESIDUE);
            skip(24);
            int classifications = read(6) + 1;
            // A word of this book names the classes of as many partitions as it has dimensions, so it needs an entry
            // for
            // each combination.
            Codebook book = codebook(read(8));
            require(Math.pow(classifications, book.dimensions()) <= book.entries());
            int stages = 0;
            for (int c = 0; c < classifications; c++) {
                int low = read(3);
                int high = read(1) == 1 ? read(5) : 0;
                stages += Integer.bitCount(low) + Integer.bitCount(high);
            }
            skip(8L * stages);
        }
    }

    private static void require(boolean plausible) throws Implausible {
        if (!plausible) {
            throw new Implausible();
        }
    }

    private void skip(long bits) throws Implausible {
        at += bits;
        require(at <= 8L * packet.length);
    }

    /** Least significant bit first. */
    private int read(int bits) throws Implausible {
        long from = at;
        skip(bits);
        int value = 0;
        for (int i = 0; i < bits; i++) {
            long bit = from + i;
            value |= ((packet[(int) (bit >> 3)] >> (bit & 7)) & 1) << i;
        }
        return value;
    }
}
