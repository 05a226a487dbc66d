package org.riffloom.spectrogram;

/**
 * The mel scale of O'Shaughnessy ("Speech Communication", 1987) in the form of the Hidden Markov Model Toolkit, the
 * "HTK" scale of torchaudio and librosa: {@code mel = 2595 · log10(1 + f / 700)}.
 */
public final class MelScale {

    private static final double FACTOR = 2595;
    private static final double CORNER_HERTZ = 700;

    private MelScale() {}

    /** From Hz to mel. */
    public static double fromHertz(double hertz) {
        return FACTOR * Math.log10(1 + hertz / CORNER_HERTZ);
    }

    /** From mel to Hz. */
    public static double toHertz(double mel) {
        return CORNER_HERTZ * (Math.pow(10, mel / FACTOR) - 1);
    }

    /** {@code count} frequencies in Hz from {@code min} to {@code max}, both included, evenly spaced in mel. */
    public static double[] frequencies(int count, double min, double max) {
        double low = fromHertz(min);
        double step = (fromHertz(max) - low) / (count - 1);
        double[] hertz = new double[count];
        for (int i = 0; i < count; i++) {
            hertz[i] = toHertz(low + i * step);
        }
        return hertz;
    }
}
