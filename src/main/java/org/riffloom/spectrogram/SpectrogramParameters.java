package org.riffloom.spectrogram;

/**
 * What a spectrogram image means: the analysis that made it and the scale of its pixels.
 *
 * <p>The defaults are those of Riffusion, whose checkpoint was trained on them. Durations are in milliseconds, and give
 * whole numbers of samples by truncation, as in Riffusion.
 *
 * @param sampleRate in Hz, of the sound that was analysed and that is to be made
 * @param stepMillis from one column to the next
 * @param windowMillis length of the Hann window, centred on a column's time
 * @param paddedMillis length of the Fourier transform, window and padding with zeros
 * @param bands of the mel scale, one pixel row each
 * @param minFrequency in Hz, where the lowest band begins
 * @param maxFrequency in Hz, where the highest band ends
 * @param power of the magnitudes that the pixels are linear in
 * @param stereo whether an image has two channels, green and blue, and not one
 */
public record SpectrogramParameters(
        int sampleRate,
        int stepMillis,
        int windowMillis,
        int paddedMillis,
        int bands,
        int minFrequency,
        int maxFrequency,
        double power,
        boolean stereo) {

    /** One channel, 44.1 kHz, 10 ms, 100 ms in 400 ms, 512 bands up to 10 kHz, power 0.25. */
    public static final SpectrogramParameters DEFAULT =
            new SpectrogramParameters(44_100, 10, 100, 400, 512, 0, 10_000, 0.25, false);

    private static final int MAX_SAMPLE_RATE = 192_000;
    private static final int MAX_PADDED_MILLIS = 2_000;
    private static final int MAX_BANDS = 4_096;

    /** @throws IllegalArgumentException if a value is out of its range, or if two of them do not go together */
    public SpectrogramParameters {
        require(sampleRate >= 1_000 && sampleRate <= MAX_SAMPLE_RATE, "sample rate", sampleRate);
        require(stepMillis >= 1 && stepMillis <= windowMillis, "step in ms", stepMillis);
        require(windowMillis <= paddedMillis, "window in ms", windowMillis);
        require(paddedMillis <= MAX_PADDED_MILLIS, "padded window in ms", paddedMillis);
        require(bands >= 2 && bands <= MAX_BANDS, "number of frequencies", bands);
        require(minFrequency >= 0 && minFrequency < maxFrequency, "minimum frequency", minFrequency);
        require(maxFrequency <= sampleRate / 2, "maximum frequency", maxFrequency);
        require(power >= 0.01 && power <= 4, "power", power);
    }

    private static void require(boolean holds, String name, Number value) {
        if (!holds) {
            throw new IllegalArgumentException("A spectrogram cannot have the " + name + " " + value + ".");
        }
    }

    /** Samples from one column to the next. */
    public int hop() {
        return stepMillis * sampleRate / 1000;
    }

    /** Samples under the window. */
    public int window() {
        return windowMillis * sampleRate / 1000;
    }

    /** Samples of the Fourier transform. */
    public int fftSize() {
        return paddedMillis * sampleRate / 1000;
    }

    /** 2 for stereo, else 1. */
    public int channels() {
        return stereo ? 2 : 1;
    }

    /** The same with one channel or two. */
    public SpectrogramParameters withStereo(boolean value) {
        return new SpectrogramParameters(
                sampleRate, stepMillis, windowMillis, paddedMillis, bands, minFrequency, maxFrequency, power, value);
    }
}
