package org.riffloom.audio;

import java.util.Arrays;

/**
 * What {@link ShortTimeFourierTransform} does to a frame, and its inverse by overlap and addition, for several frames in a
 * row at once, which is faster, and for powers of two. Two real frames are one complex signal: the even part of its spectrum
 * is the one's, the odd part the other's.
 *
 * <p>A spectrum is an array of real parts and one of imaginary parts, both from 0 Hz on. One for each thread: the work space
 * is reused.
 */
final class FrameBatch {

    /** Signals of two frames each: as many as fit the caches that are next to the processor. */
    private static final int SIGNALS = 8;

    /** The most frames at once. */
    static final int FRAMES = 2 * SIGNALS;

    private final BatchedFft fft;
    private final int size;
    private final int bins;
    private final int hop;
    private final float[] window;
    /** The window, with the factor that the inverse transform leaves to be divided by. */
    private final float[] inverseWindow;

    private final float[] samples;
    private final float[] sums;
    private final float[] directReal;
    private final float[] directImaginary;
    private final float[] mirroredReal;
    private final float[] mirroredImaginary;
    /** The partner of a last frame that has none. */
    private final float[] noReal;

    private final float[] noImaginary;

    /**
     * @param fftSize a power of two
     * @param window of even length
     * @param bins how many of the lowest bins a spectrum holds, at most half the transform's size
     * @param hop samples from frame to frame
     */
    FrameBatch(int fftSize, float[] window, int bins, int hop) {
        this.fft = new BatchedFft(fftSize, SIGNALS);
        this.size = fftSize;
        this.bins = bins;
        this.hop = hop;
        this.window = window;
        this.inverseWindow = new float[window.length];
        for (int i = 0; i < window.length; i++) {
            inverseWindow[i] = window[i] / fftSize;
        }
        this.samples = new float[window.length];
        this.sums = new float[window.length];
        this.directReal = new float[bins];
        this.directImaginary = new float[bins];
        this.mirroredReal = new float[bins];
        this.mirroredImaginary = new float[bins];
        this.noReal = new float[bins];
        this.noImaginary = new float[bins];
    }

    /**
     * Transforms frames.
     *
     * @param start where the window of the first one begins
     * @param count 1 to {@value #FRAMES}
     * @param real receives {@code bins} numbers for each frame
     * @param imaginary receives as many
     */
    void analyze(float[] signal, int start, int count, float[][] real, float[][] imaginary) {
        fft.clear();
        for (int frame = 0; frame < count; frame++) {
            load(signal, start + frame * hop, frame);
        }
        fft.transform();
        for (int frame = 0; frame < count; frame += 2) {
            boolean paired = frame + 1 < count;
            split(
                    frame / 2,
                    real[frame],
                    imaginary[frame],
                    paired ? real[frame + 1] : noReal,
                    paired ? imaginary[frame + 1] : noImaginary);
        }
    }

    /**
     * Adds the inverse of frames, windowed once more, to the signal; bins not held are 0.
     *
     * @param real as from {@link #analyze}
     * @param imaginary likewise; that at 0 Hz is left out
     * @param count 1 to {@value #FRAMES}
     * @param start where the window of the first one begins
     */
    void synthesize(float[][] real, float[][] imaginary, int count, float[] signal, int start) {
        fft.clear();
        for (int frame = 0; frame < count; frame += 2) {
            boolean paired = frame + 1 < count;
            if (!paired) {
                Arrays.fill(noReal, 0);
                Arrays.fill(noImaginary, 0);
            }
            join(
                    frame / 2,
                    real[frame],
                    imaginary[frame],
                    paired ? real[frame + 1] : noReal,
                    paired ? imaginary[frame + 1] : noImaginary);
        }
        fft.transform();
        for (int frame = 0; frame < count; frame++) {
            unload(frame, signal, start + frame * hop);
        }
    }

    /** The centre of the window goes to number 0, and what lies before it to the end: phases are relative to the centre. */
    private int number(int sample) {
        return Math.floorMod(sample - window.length / 2, size);
    }

    /** How many samples of the window, from one on, are next to each other in a row. */
    private int run(int sample, int width) {
        int half = window.length / 2;
        int end = sample < half ? half : window.length;
        return Math.min(width - number(sample) % width, end - sample);
    }

    private void load(float[] signal, int start, int frame) {
        System.arraycopy(signal, start, samples, 0, samples.length);
        multiply(samples, window);
        int width = fft.inputWidth();
        int run;
        for (int i = 0; i < window.length; i += run) {
            run = run(i, width);
            int number = number(i);
            float[] row = frame % 2 == 0 ? fft.inputReal(number / width) : fft.inputImaginary(number / width);
            System.arraycopy(samples, i, row, frame / 2 * width + number % width, run);
        }
    }

    /** The inverse transform's real parts are where imaginary ones would be, and the other way round. */
    private void unload(int frame, float[] signal, int start) {
        int width = fft.outputWidth();
        int run;
        for (int i = 0; i < window.length; i += run) {
            run = run(i, width);
            int number = number(i);
            float[] row = frame % 2 == 0 ? fft.outputImaginary(number / width) : fft.outputReal(number / width);
            System.arraycopy(row, frame / 2 * width + number % width, samples, i, run);
        }
        System.arraycopy(signal, start, sums, 0, sums.length);
        addProducts(sums, samples, inverseWindow);
        System.arraycopy(sums, 0, signal, start, sums.length);
    }

    /** Takes the spectra of two frames out of that of their signal. */
    private void split(int of, float[] evenReal, float[] evenImaginary, float[] oddReal, float[] oddImaginary) {
        int width = fft.outputWidth();
        int rows = size / width;
        int place = of * width;
        for (int row = 0; row * width < bins; row++) {
            int k = row * width;
            int run = Math.min(width, bins - k);
            int opposite = rows - 1 - row;
            System.arraycopy(fft.outputReal(row), place, evenReal, k, run);
            System.arraycopy(fft.outputImaginary(row), place, evenImaginary, k, run);
            oddImaginary[k] = fft.outputReal((opposite + 1) % rows)[place];
            oddReal[k] = fft.outputImaginary((opposite + 1) % rows)[place];
            copyBackwards(fft.outputReal(opposite), place + width, oddImaginary, k, run);
            copyBackwards(fft.outputImaginary(opposite), place + width, oddReal, k, run);
        }
        halfSumAndDifference(evenReal, oddImaginary);
        halfSumAndDifference(oddReal, evenImaginary);
    }

    /** Makes the spectrum of a signal of two frames. Real and imaginary parts change places. */
    private void join(int of, float[] evenReal, float[] evenImaginary, float[] oddReal, float[] oddImaginary) {
        sumAndDifference(evenReal, oddImaginary, mirroredReal, directReal);
        sumAndDifference(oddReal, evenImaginary, directImaginary, mirroredImaginary);
        int width = fft.inputWidth();
        int rows = size / width;
        int place = of * width;
        for (int row = 0; row * width < bins; row++) {
            int k = row * width;
            int run = Math.min(width, bins - k);
            int opposite = rows - 1 - row;
            System.arraycopy(directReal, k, fft.inputImaginary(row), place, run);
            System.arraycopy(directImaginary, k, fft.inputReal(row), place, run);
            fft.inputImaginary((opposite + 1) % rows)[place] = mirroredReal[k];
            fft.inputReal((opposite + 1) % rows)[place] = mirroredImaginary[k];
            putBackwards(mirroredReal, k, fft.inputImaginary(opposite), place + width, run);
            putBackwards(mirroredImaginary, k, fft.inputReal(opposite), place + width, run);
        }
        // At 0 Hz there is nothing imaginary.
        fft.inputImaginary(0)[place] = evenReal[0];
        fft.inputReal(0)[place] = oddReal[0];
    }

    private static void copyBackwards(float[] from, int end, float[] to, int place, int count) {
        for (int i = 1; i < count; i++) {
            to[place + i] = from[end - i];
        }
    }

    private static void putBackwards(float[] from, int place, float[] to, int end, int count) {
        for (int i = 1; i < count; i++) {
            to[end - i] = from[place + i];
        }
    }

    // Loops over arrays that are all read at the same place, which the JVM's compiler makes vector instructions of.

    private static void multiply(float[] numbers, float[] by) {
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] *= by[i];
        }
    }

    private static void addProducts(float[] sums, float[] a, float[] b) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += a[i] * b[i];
        }
    }

    private static void halfSumAndDifference(float[] a, float[] b) {
        for (int i = 0; i < a.length; i++) {
            float x = a[i];
            float y = b[i];
            a[i] = 0.5f * (x + y);
            b[i] = 0.5f * (y - x);
        }
    }

    private static void sumAndDifference(float[] a, float[] b, float[] sum, float[] difference) {
        for (int i = 0; i < a.length; i++) {
            sum[i] = a[i] + b[i];
            difference[i] = a[i] - b[i];
        }
    }
}
