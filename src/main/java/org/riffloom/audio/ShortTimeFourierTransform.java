package org.riffloom.audio;

import java.util.Arrays;

/**
 * Windowed frames of a signal, one at a time, of any size; {@link FrameBatch} has the inverse too. A frame's transform has its
 * phases relative to the window's centre, and holds only the bins that the caller asked for.
 *
 * <p>A spectrum lies in {@code 2 · bins} floats, real and imaginary parts in turn; the imaginary part at 0 Hz is 0.
 *
 * <p>One for each thread: the work space is reused.
 */
final class ShortTimeFourierTransform {

    private final RealFft fft;
    private final int bins;
    private final int half;
    private final float[] window;
    private final float[] frame;

    /** @param bins how many of the lowest bins a spectrum holds, at most half the transform's size */
    ShortTimeFourierTransform(int fftSize, float[] window, int bins) {
        this.fft = new RealFft(fftSize);
        this.bins = bins;
        this.window = window;
        this.half = window.length / 2;
        this.frame = new float[fftSize];
    }

    /** A periodic Hann window: a frame's first sample is 0, its middle one 1. */
    static float[] hann(int length) {
        float[] hann = new float[length];
        for (int i = 0; i < length; i++) {
            hann[i] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * i / length));
        }
        return hann;
    }

    /** Transforms the frame whose window begins at {@code start}. */
    void analyze(float[] signal, int start, float[] spectrum) {
        int size = frame.length;
        // The centre goes to index 0, and what lies before it to the end: that makes phases relative to the centre.
        for (int i = 0; i < half; i++) {
            frame[size - half + i] = signal[start + i] * window[i];
        }
        for (int i = half; i < window.length; i++) {
            frame[i - half] = signal[start + i] * window[i];
        }
        Arrays.fill(frame, window.length - half, size - half, 0);
        fft.forward(frame);
        System.arraycopy(frame, 0, spectrum, 0, 2 * bins);
        spectrum[1] = 0;
    }
}
