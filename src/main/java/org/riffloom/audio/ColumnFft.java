package org.riffloom.audio;

/**
 * Fourier transforms of all columns of a matrix at once, in place, by fours: after Cooley and Tukey, decimated in frequency,
 * which leaves the rows out of {@link #order}.
 */
final class ColumnFft {

    /** Rows; which array is which row changes with each transform. */
    final float[][] real;

    final float[][] imaginary;
    /** The row that each number of the columns' spectra is in. */
    final int[] order;

    private final float[] cosines;
    private final float[] sines;

    /**
     * @param rows a power of two
     * @param columns how many
     */
    ColumnFft(int rows, int columns) {
        real = new float[rows][columns];
        imaginary = new float[rows][columns];
        order = new int[rows];
        cosines = new float[rows];
        sines = new float[rows];
        for (int k = 0; k < rows; k++) {
            order[k] = place(k, rows);
            cosines[k] = (float) Math.cos(-2 * Math.PI * k / rows);
            sines[k] = (float) Math.sin(-2 * Math.PI * k / rows);
        }
    }

    /** Each step puts numbers with the same rest into one part, one part after the other. */
    private static int place(int k, int rows) {
        if (rows == 1) {
            return 0;
        }
        int parts = parts(rows);
        return k % parts * (rows / parts) + place(k / parts, rows / parts);
    }

    private static int parts(int rows) {
        return rows == 2 ? 2 : 4;
    }

    int rows() {
        return real.length;
    }

    /** Transforms, with a negative exponent. */
    void transform() {
        for (int size = rows(); size > 1; size /= parts(size)) {
            int apart = size / parts(size);
            int turn = rows() / size;
            for (int part = 0; part < rows(); part += size) {
                for (int j = 0; j < apart; j++) {
                    if (size == 2) {
                        sumAndDifference(real[part], real[part + 1]);
                        sumAndDifference(imaginary[part], imaginary[part + 1]);
                    } else {
                        four(part + j, apart);
                        turn(part + j + apart, j * turn);
                        turn(part + j + 2 * apart, 2 * j * turn);
                        turn(part + j + 3 * apart, 3 * j * turn);
                    }
                }
            }
        }
    }

    /** A transform of four rows. Its turn by a right angle is but a change of places, which needs no copies of rows. */
    private void four(int a, int apart) {
        int b = a + apart;
        int c = b + apart;
        int d = c + apart;
        sumAndDifference(real[a], real[c]);
        sumAndDifference(imaginary[a], imaginary[c]);
        sumAndDifference(real[b], real[d]);
        sumAndDifference(imaginary[b], imaginary[d]);
        sumAndDifference(real[a], real[b]);
        sumAndDifference(imaginary[a], imaginary[b]);
        sumAndDifference(real[c], imaginary[d]);
        sumAndDifference(imaginary[c], real[d]);
        float[] second = real[b];
        real[b] = real[c];
        real[c] = second;
        second = imaginary[b];
        imaginary[b] = real[d];
        real[d] = imaginary[d];
        imaginary[d] = imaginary[c];
        imaginary[c] = second;
    }

    private void turn(int row, int by) {
        if (by > 0) {
            turn(real[row], imaginary[row], cosines[by], sines[by]);
        }
    }

    // These two loops are all the arithmetic. The compiler of Java 17 makes no vector instructions of one with more
    // arrays, or with places that differ from array to array.

    private static void sumAndDifference(float[] a, float[] b) {
        for (int i = 0; i < a.length; i++) {
            float x = a[i];
            float y = b[i];
            a[i] = x + y;
            b[i] = x - y;
        }
    }

    private static void turn(float[] real, float[] imaginary, float cosine, float sine) {
        for (int i = 0; i < real.length; i++) {
            float x = real[i];
            float y = imaginary[i];
            real[i] = cosine * x - sine * y;
            imaginary[i] = cosine * y + sine * x;
        }
    }
}
