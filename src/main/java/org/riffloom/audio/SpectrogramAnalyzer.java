package org.riffloom.audio;

import org.riffloom.spectrogram.MelFilterBank;
import org.riffloom.spectrogram.MelSpectrogram;
import org.riffloom.spectrogram.SpectrogramParameters;

/**
 * Turns sound into a mel spectrogram by the format's own analysis: what torchaudio's {@code Spectrogram} and
 * {@code MelScale} give with the same parameters.
 *
 * <p>Used by one thread at a time.
 */
public final class SpectrogramAnalyzer {

    /** The format's magnitudes are those of 16-bit samples. */
    static final float FULL_SCALE = 32768;

    private final SpectrogramParameters parameters;
    private final MelFilterBank filters;
    private final ShortTimeFourierTransform transform;
    private final float[] spectrum;
    private final float[] magnitudes;

    public SpectrogramAnalyzer(SpectrogramParameters parameters) {
        this.parameters = parameters;
        int fftSize = parameters.fftSize();
        this.filters = new MelFilterBank(parameters, (double) parameters.sampleRate() / fftSize, fftSize / 2 + 1);
        float[] window = ShortTimeFourierTransform.hann(parameters.window());
        this.transform = new ShortTimeFourierTransform(fftSize, window, filters.bins());
        this.spectrum = new float[2 * filters.bins()];
        this.magnitudes = new float[filters.bins()];
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
        int half = parameters.window() / 2;
        int hop = parameters.hop();
        if (samples.length <= half) {
            throw tooShort(samples.length, half);
        }
        int frames = 1 + samples.length / hop;
        float[] padded = mirrored(samples, half);
        float[] mel = new float[frames * parameters.bands()];
        for (int t = 0; t < frames; t++) {
            analyze(padded, t * hop, mel, t * parameters.bands());
        }
        return mel;
    }

    static IllegalArgumentException tooShort(long length, int half) {
        return new IllegalArgumentException(
                "The sound is too short: it has " + length + " samples, and a column needs more than " + half + ".");
    }

    /**
     * One column.
     *
     * @param samples of which those under the window begin at {@code at}, at full scale
     * @param mel receives the column's magnitudes, from {@code offset} on
     */
    void analyze(float[] samples, int at, float[] mel, int offset) {
        transform.analyze(samples, at, spectrum);
        for (int m = 0; m < magnitudes.length; m++) {
            float re = spectrum[2 * m];
            float im = spectrum[2 * m + 1];
            magnitudes[m] = (float) Math.sqrt(re * re + im * im);
        }
        filters.apply(magnitudes, mel, offset);
    }

    /** The samples at full scale, with as many more at either end, mirrored without repeating the last one. */
    private static float[] mirrored(float[] samples, int margin) {
        float[] padded = new float[samples.length + 2 * margin + 1];
        for (int i = 0; i < padded.length - 1; i++) {
            int at = Math.abs(i - margin);
            at = at < samples.length ? at : 2 * (samples.length - 1) - at;
            padded[i] = samples[at] * FULL_SCALE;
        }
        return padded;
    }
}
