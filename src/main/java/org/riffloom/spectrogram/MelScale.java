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

    /**
     * {@code count} frequencies in Hz from {@code min} to {@code max}, both included, evenly spaced in mel.
     *
     * <p>Rounded to single precision at every step where torchaudio rounds: the filters are narrow, and the checkpoint
     * learnt the ones that came out of that.
     */
    static float[] frequencies(int count, double min, double max) {
        float low = (float) fromHertz(min);
        float high = (float) fromHertz(max);
        float step = (high - low) / (count - 1);
        float[] hertz = new float[count];
        for (int i = 0; i < count; i++) {
            float mel = i < count / 2 ? Math.fma(step, i, low) : Math.fma(-step, count - 1 - i, high);
            float power = (float) Math.pow(10, mel / (float) FACTOR);
            hertz[i] = (float) CORNER_HERTZ * (power - 1);
        }
        return hertz;
    }
}
