package org.riffloom.audio;

import org.riffloom.spectrogram.MelFilterBank;
import org.riffloom.spectrogram.SpectrogramParameters;

/**
 * The short-time Fourier transform that phases are reconstructed on. The format analyses sound at 44.1 kHz with
 * transforms of 17,640 samples, yet holds nothing above 10 kHz and no detail finer than its window gives; half the rate
 * and a transform not much longer than the window say the same with a tenth of the numbers.
 *
 * @param sampleRate in Hz
 * @param hop samples from frame to frame
 * @param window samples of the periodic Hann window, even
 * @param fftSize samples of the transform
 */
record ReconstructionGrid(int sampleRate, int hop, int window, int fftSize) {

    private static final int SAMPLE_RATE = 22_500;
    /** What a resampler can pass and still stop its image: the share of the rate that the sound may fill. */
    private static final double USABLE = 0.45;

    private static final int MAX_WINDOW = 8_192;
    private static final int MAX_REACH = 20;

    /** @throws IllegalArgumentException if the window is too long for the memory, or the overlap for the time, one has */
    ReconstructionGrid {
        if (window > MAX_WINDOW || window > 2 * MAX_REACH * hop || window < 2 * hop) {
            throw new IllegalArgumentException("Sound cannot be made from a spectrogram with a window of " + window
                    + " samples at " + sampleRate + " Hz and a step of " + hop + ": the window must be 2 to "
                    + 2 * MAX_REACH + " steps and at most " + MAX_WINDOW + " samples.");
        }
    }

    /**
     * The grid for a format: 22.5 kHz, which gives whole samples for each 2 ms, or a multiple of it for formats that
     * reach above 10 kHz.
     *
     * @throws IllegalArgumentException if the step or half the window is not a whole number of samples
     */
    static ReconstructionGrid of(SpectrogramParameters parameters) {
        int multiple = (int) Math.ceil(parameters.maxFrequency() / (USABLE * SAMPLE_RATE));
        int rate = SAMPLE_RATE * Math.max(1, multiple);
        int hop = samples(parameters.stepMillis(), rate);
        int window = 2 * samples(parameters.windowMillis(), rate / 2);
        // By powers of two a transform is fastest.
        int fftSize = Integer.highestOneBit(window * 4 / 3 - 1) * 2;
        return new ReconstructionGrid(rate, hop, window, fftSize);
    }

    private static int samples(int millis, int rate) {
        long product = (long) millis * rate;
        if (product % 1000 != 0) {
            throw new IllegalArgumentException("Sound cannot be made from a spectrogram with times of " + millis
                    + " ms: at " + rate + " Hz that is not a whole number of samples.");
        }
        return (int) (product / 1000);
    }

    double binHertz() {
        return (double) sampleRate / fftSize;
    }

    /** Filters of the format on this grid's bins. */
    MelFilterBank filters(SpectrogramParameters parameters) {
        return new MelFilterBank(parameters, binHertz(), fftSize / 2 + 1);
    }

    /**
     * What turns the format's mel magnitudes into those of this grid: fewer samples under the window, fewer bins in a
     * band, and samples in −1 to 1 in place of 16-bit ones.
     */
    double melScale(SpectrogramParameters parameters) {
        double samples = (double) sampleRate / parameters.sampleRate();
        double formatBinHertz = (double) parameters.sampleRate() / parameters.fftSize();
        return samples * formatBinHertz / binHertz() / 32768;
    }

    /** The window's samples. */
    float[] hann() {
        return ShortTimeFourierTransform.hann(window);
    }

    /** Half a window, in hops, rounded up: how far a frame reaches. */
    int reach() {
        return (window / 2 + hop - 1) / hop;
    }
}
