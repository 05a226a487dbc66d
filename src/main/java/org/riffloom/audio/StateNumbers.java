package org.riffloom.audio;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Numbers of states that are saved and restored. What is read may come from a damaged file, so each number is held against
 * what it can be, and how many there are is never read, but known.
 */
final class StateNumbers {

    /** Far beyond any sample or magnitude, and small enough for sums of squares. */
    static final float MAX = 1e9f;

    private StateNumbers() {}

    static void write(DataOutput out, float[] numbers, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            out.writeFloat(numbers[i]);
        }
    }

    /**
     * Fills the beginning of an array.
     *
     * @throws IOException if a number is none, or out of its range
     */
    static void read(DataInput in, float[] numbers, int count, float least, float most) throws IOException {
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) between(in.readFloat(), least, most);
        }
    }

    /** @throws IOException if the number is out of its range */
    static int readInt(DataInput in, int least, int most) throws IOException {
        return (int) between(in.readInt(), least, most);
    }

    /** @throws IOException if the number is none, or out of its range */
    static double between(double number, double least, double most) throws IOException {
        if (!(number >= least && number <= most)) {
            throw new IOException("A saved state has " + number + " where " + least + " to " + most + " can be.");
        }
        return number;
    }

    /** Goes past a number that must be this one. */
    static void expect(DataInput in, int number) throws IOException {
        between(in.readInt(), number, number);
    }
}
