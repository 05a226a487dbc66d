package org.riffloom.audio;

import org.riffloom.spectrogram.MelSpectrogram;

/**
 * How far the mel spectrogram of a sound is from the wanted one, both by the format's own analysis, over some frames.
 *
 * @param spectralConvergence Frobenius norm of the difference of the magnitudes, divided by that of the wanted ones
 * @param logSpectralDistance in dB: for each frame the root of the mean over the bands of the squared difference of
 *     {@code 20 · log10(magnitude)}, then the mean over the frames; magnitudes more than {@value #RANGE} dB below the
 *     largest wanted one count as that
 */
public record MelDistance(double spectralConvergence, double logSpectralDistance) {

    private static final double RANGE = 80;
    /** Frames whose window reaches beyond the ends of a sound. */
    private static final int MARGIN = 5;

    /** Over the frames whose window lies wholly within a clip's sound. */
    public static MelDistance between(MelSpectrogram wanted, Waveform sound) {
        MelSpectrogram made = new SpectrogramAnalyzer(wanted.parameters()).analyze(sound);
        return between(wanted, made, MARGIN, wanted.frames() - MARGIN + 1);
    }

    /** Over the frames from {@code from} to {@code to}, exclusive, of all channels. */
    public static MelDistance between(MelSpectrogram wanted, MelSpectrogram made, int from, int to) {
        int bands = wanted.parameters().bands();
        double floor = wanted.maximum() * Math.pow(10, -RANGE / 20);
        double difference = 0;
        double size = 0;
        double decibels = 0;
        for (int c = 0; c < wanted.magnitudes().length; c++) {
            for (int t = from; t < to; t++) {
                double squares = 0;
                for (int i = t * bands; i < (t + 1) * bands; i++) {
                    double a = wanted.magnitudes()[c][i];
                    double b = made.magnitudes()[c][i];
                    difference += (a - b) * (a - b);
                    size += a * a;
                    double ratio = 20 * Math.log10(Math.max(b, floor) / Math.max(a, floor));
                    squares += ratio * ratio;
                }
                decibels += Math.sqrt(squares / bands);
            }
        }
        return new MelDistance(
                Math.sqrt(difference / size), decibels / ((double) (to - from) * wanted.magnitudes().length));
    }
}
