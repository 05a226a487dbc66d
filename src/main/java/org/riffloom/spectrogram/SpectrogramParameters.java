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
    private static final double MIN_POWER = 0.01;
    private static final double MAX_POWER = 4;

    /** @throws IllegalArgumentException if a value is out of its range, or if two of them do not go together */
    public SpectrogramParameters {
        require("sample rate in Hz", sampleRate, 1_000, MAX_SAMPLE_RATE);
        require("padded window in ms", paddedMillis, 1, MAX_PADDED_MILLIS);
        require("window in ms", windowMillis, 1, paddedMillis);
        require("step in ms", stepMillis, 1, windowMillis);
        require("number of frequencies", bands, 2, MAX_BANDS);
        require("maximum frequency in Hz", maxFrequency, 1, sampleRate / 2);
        require("minimum frequency in Hz", minFrequency, 0, maxFrequency - 1);
        if (!(power >= MIN_POWER && power <= MAX_POWER)) {
            throw outOfRange("power", power, MIN_POWER, MAX_POWER);
        }
    }

    private static void require(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw outOfRange(name, value, min, max);
        }
    }

    private static IllegalArgumentException outOfRange(String name, Number value, Number min, Number max) {
        return new IllegalArgumentException("A spectrogram cannot have the " + name + " " + value
                + "; it must be between " + min + " and " + max + ".");
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
