package org.riffloom.audio;

import org.jspecify.annotations.Nullable;
import org.riffloom.spectrogram.MelFilterBank;
import org.riffloom.spectrogram.MelSpectrogram;
import org.riffloom.spectrogram.SpectrogramParameters;

/**
 * Turns sound into a mel spectrogram by the format's own analysis: what torchaudio's {@code Spectrogram} and
 * {@code MelScale} give with the same parameters.
 *
 * <p>A format that holds nothing above 10 kHz, such as the default one, is analysed at {@value #REDUCED_RATE} Hz in place of
 * 44.1 kHz. Its bins are the same, yet a transform has 10,240 samples, five times a power of two, in place of 17,640, and
 * takes a third of the time. What is above the format's band is filtered out before it could fold into it.
 *
 * <p>Used by one thread at a time.
 */
public final class SpectrogramAnalyzer {

    /** The format's magnitudes are those of 16-bit samples. */
    static final float FULL_SCALE = 32768;

    private static final int REDUCED_RATE = 25_600;
    /** The share of the rate that the format may fill, so that the filter can fall off over as much as it takes. */
    private static final double USABLE = 0.4;
    /** Pixels are a fourth root and show what is 150 dB down; single precision ends about here. */
    private static final double ATTENUATION_DECIBELS = 140;

    private final SpectrogramParameters parameters;
    private final @Nullable PolyphaseFilter filter;
    private final int rate;
    private final MelFilterBank filters;
    private final ShortTimeFourierTransform transform;
    private final float[] spectrum;
    private final float[] magnitudes;

    public SpectrogramAnalyzer(SpectrogramParameters parameters) {
        this.parameters = parameters;
        boolean reduced = canBeReduced(parameters);
        this.rate = reduced ? REDUCED_RATE : parameters.sampleRate();
        this.filter = reduced
                ? PolyphaseFilter.between(parameters.sampleRate(), rate, USABLE * rate, ATTENUATION_DECIBELS)
                : null;
        int fftSize = atRate(parameters.fftSize());
        this.filters = new MelFilterBank(parameters, (double) rate / fftSize, fftSize / 2 + 1);
        float[] window = ShortTimeFourierTransform.hann(atRate(parameters.window()));
        this.transform = new ShortTimeFourierTransform(fftSize, window, filters.bins());
        this.spectrum = new float[2 * filters.bins()];
        this.magnitudes = new float[filters.bins()];
    }

    /** Whether all lengths are whole at the lower rate, that of the transform even, and the same times as they were. */
    private static boolean canBeReduced(SpectrogramParameters parameters) {
        int rate = parameters.sampleRate();
        return rate > REDUCED_RATE
                && parameters.maxFrequency() <= USABLE * REDUCED_RATE
                && (long) parameters.hop() * REDUCED_RATE % rate == 0
                && (long) parameters.window() / 2 * REDUCED_RATE % rate == 0
                && parameters.window() % 2 == 0
                && (long) parameters.fftSize() * REDUCED_RATE % (2L * rate) == 0;
    }

    private int atRate(int samples) {
        return (int) ((long) samples * rate / parameters.sampleRate());
    }

    /**
     * Analyses a sound of any sample rate and any number of channels.
     *
     * @return {@code 1 + length / hop} columns, counted at the format's sample rate; column {@code t} is centred on
     *     sample {@code t · hop}, and the sound is mirrored at its ends
     * @throws IllegalArgumentException if the sound is not longer than half a window
     */
    public MelSpectrogram analyze(Waveform sound) {
        Waveform mixed = sound.withChannels(parameters.channels()).withSampleRate(parameters.sampleRate());
        float[][] magnitudes = new float[mixed.channels().length][];
        for (int c = 0; c < magnitudes.length; c++) {
            magnitudes[c] = analyze(mixed.channels()[c]);
        }
        return new MelSpectrogram(parameters, magnitudes[0].length / parameters.bands(), magnitudes);
    }

    private float[] analyze(float[] samples) {
        if (samples.length <= parameters.window() / 2) {
            throw tooShort(samples.length);
        }
        int frames = 1 + samples.length / parameters.hop();
        float[] padded = mirrored(samples, margin());
        if (filter != null) {
            padded = Resampler.resample(padded, filter);
        }
        float[] mel = new float[frames * parameters.bands()];
        for (int t = 0; t < frames; t++) {
            analyze(padded, lead() + t * hop(), mel, t * parameters.bands());
        }
        return mel;
    }

    IllegalArgumentException tooShort(long length) {
        return new IllegalArgumentException("The sound is too short: it has " + length
                + " samples, and a column needs more than " + parameters.window() / 2 + ".");
    }

    /** To the rate of the analysis; {@code null} where that is the format's own. */
    @Nullable
    PolyphaseFilter filter() {
        return filter;
    }

    /**
     * Samples, at the format's rate, by which a sound is mirrored at either end: half a window, and what the filter reaches
     * beyond that, where there would be silence otherwise, and its end a click.
     */
    int margin() {
        int half = parameters.window() / 2;
        return filter == null ? half : half + (filter.taps() / parameters.hop() + 1) * parameters.hop();
    }

    /** Samples, at the rate of the analysis, from where the mirrored sound begins to where the first window does. */
    int lead() {
        return atRate(margin()) - atRate(parameters.window() / 2);
    }

    /** From one window to the next, at the rate of the analysis. */
    int hop() {
        return atRate(parameters.hop());
    }

    /** The length of a window, at the rate of the analysis. */
    int window() {
        return atRate(parameters.window());
    }

    /**
     * One column.
     *
     * @param samples at the rate of the analysis, of which those under the window begin at {@code at}
     * @param mel receives the column's magnitudes, from {@code offset} on
     */
    void analyze(float[] samples, int at, float[] mel, int offset) {
        transform.analyze(samples, at, spectrum);
        float scale = FULL_SCALE * parameters.sampleRate() / rate;
        for (int m = 0; m < magnitudes.length; m++) {
            float re = scale * spectrum[2 * m];
            float im = scale * spectrum[2 * m + 1];
            magnitudes[m] = (float) Math.sqrt(re * re + im * im);
        }
        filters.apply(magnitudes, mel, offset);
    }

    /** The samples with as many more at either end, mirrored without repeating the last one. */
    private static float[] mirrored(float[] samples, int margin) {
        float[] padded = new float[samples.length + 2 * margin + 1];
        int period = 2 * (samples.length - 1);
        for (int i = 0; i < padded.length - 1; i++) {
            int at = Math.abs(i - margin) % period;
            padded[i] = samples[at < samples.length ? at : period - at];
        }
        return padded;
    }
}
