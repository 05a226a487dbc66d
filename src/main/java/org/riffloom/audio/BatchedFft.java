package org.riffloom.audio;

import java.util.Arrays;

/**
 * Complex Fourier transforms of several signals at once. A library's transform works on one number at a time; here the same
 * operation is done to a whole row of numbers, in loops so plain that the JVM's compiler makes vector instructions of them,
 * without any option.
 *
 * <p>A transform of {@code R · C} numbers is one of {@code R} for each of {@code C} columns, a turn of each number, and one
 * of {@code C} for each of {@code R} columns: Bailey's four steps, "FFTs in external or hierarchical memory" (1990). Numbers
 * lie in rows of {@link #inputWidth} before a transform, of {@link #outputWidth} after it: number {@code n} of signal
 * {@code s} is in row {@code n / width}, at {@code s · width + n % width}. Rows of all signals are side by side, so that the
 * loops are long.
 *
 * <p>A signal's result does not depend on the others. One for each thread: the work space is all there is.
 */
final class BatchedFft {

    private final ColumnFft first;
    private final ColumnFft second;
    private final int signals;
    /** What the numbers between the two are turned by, row by row. */
    private final float[][] cosines;

    private final float[][] sines;

    /**
     * @param size numbers of a signal, a power of two from 16 on
     * @param signals how many
     */
    BatchedFft(int size, int signals) {
        if (size < 16 || Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException("A transform of " + size + " is not by a power of two from 16 on.");
        }
        int rows = 1 << (Integer.numberOfTrailingZeros(size) / 2);
        int columns = size / rows;
        this.signals = signals;
        this.first = new ColumnFft(rows, signals * columns);
        this.second = new ColumnFft(columns, signals * rows);
        this.cosines = new float[rows][signals * columns];
        this.sines = new float[rows][signals * columns];
        for (int k = 0; k < rows; k++) {
            for (int i = 0; i < signals * columns; i++) {
                double turn = -2 * Math.PI * k * (i % columns) / size;
                cosines[k][i] = (float) Math.cos(turn);
                sines[k][i] = (float) Math.sin(turn);
            }
        }
    }

    int inputWidth() {
        return second.rows();
    }

    int outputWidth() {
        return first.rows();
    }

    /** A row of real parts to be transformed, which the transform uses up. */
    float[] inputReal(int row) {
        return first.real[row];
    }

    /** A row of imaginary parts to be transformed, which the transform uses up. */
    float[] inputImaginary(int row) {
        return first.imaginary[row];
    }

    /** A row of real parts that came of it. */
    float[] outputReal(int row) {
        return second.real[second.order[row]];
    }

    /** A row of imaginary parts that came of it. */
    float[] outputImaginary(int row) {
        return second.imaginary[second.order[row]];
    }

    /** Puts zeros into all that is to be transformed. */
    void clear() {
        for (int row = 0; row < first.rows(); row++) {
            Arrays.fill(first.real[row], 0);
            Arrays.fill(first.imaginary[row], 0);
        }
    }

    /**
     * Transforms, with a negative exponent. For the inverse, as many times as large as there are numbers, let real and
     * imaginary parts change places before and after.
     */
    void transform() {
        first.transform();
        for (int k = 0; k < first.rows(); k++) {
            int row = first.order[k];
            turn(first.real[row], first.imaginary[row], cosines[k], sines[k]);
        }
        transpose(first.real, second.real);
        transpose(first.imaginary, second.imaginary);
        second.transform();
    }

    private static void turn(float[] real, float[] imaginary, float[] cosine, float[] sine) {
        for (int i = 0; i < real.length; i++) {
            float x = real[i];
            float y = imaginary[i];
            real[i] = cosine[i] * x - sine[i] * y;
            imaginary[i] = cosine[i] * y + sine[i] * x;
        }
    }

    private void transpose(float[][] from, float[][] to) {
        for (int n = 0; n < to.length; n += 4) {
            for (int signal = 0; signal < signals; signal++) {
                transpose(from, signal * to.length + n, to[n], to[n + 1], to[n + 2], to[n + 3], signal * from.length);
            }
        }
    }

    /** Four columns at a time, so that their arrays are at hand while the rows go by. */
    private void transpose(float[][] from, int start, float[] a, float[] b, float[] c, float[] d, int place) {
        for (int k = 0; k < from.length; k++) {
            float[] row = from[first.order[k]];
            a[place + k] = row[start];
            b[place + k] = row[start + 1];
            c[place + k] = row[start + 2];
            d[place + k] = row[start + 3];
        }
    }
}
