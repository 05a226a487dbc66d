package org.riffloom.spectrogram;

import java.util.Arrays;

/**
 * Triangular filters, evenly spaced on the mel scale, overlapping by half, each with a peak of 1 (no norm): the matrix
 * of torchaudio's {@code melscale_fbanks(…, norm=None, mel_scale="htk")} for any spacing of the bins.
 *
 * <p>Between two neighbouring corner frequencies only two filters differ from zero, one rising and one falling, and
 * their weights add up to 1. So a bin needs one number, and a product with the matrix takes one pass over the bins.
 *
 * <p>Immutable; safe for any number of threads.
 */
public final class MelFilterBank {

    private final int bands;
    /** Segment {@code k} of the bins lies between corners {@code k} and {@code k + 1}; there filter {@code k} rises. */
    private final int[] segment;

    private final float[] rising;

    /**
     * @param parameters for the number of bands and their range
     * @param binHertz spacing of the bins; bin 0 is at 0 Hz
     * @param bins number of bins; those at or above the maximum frequency have no weight
     */
    public MelFilterBank(SpectrogramParameters parameters, double binHertz, int bins) {
        this.bands = parameters.bands();
        float[] corners = MelScale.frequencies(bands + 2, parameters.minFrequency(), parameters.maxFrequency());
        this.segment = new int[bands + 2];
        this.rising = new float[bins];
        int bin = 0;
        while (bin < bins && bin * binHertz < corners[0]) {
            bin++;
        }
        for (int k = 0; k <= bands; k++) {
            segment[k] = bin;
            for (; bin < bins && bin * binHertz < corners[k + 1]; bin++) {
                rising[bin] = ((float) (bin * binHertz) - corners[k]) / (corners[k + 1] - corners[k]);
            }
        }
        segment[bands + 1] = bin;
    }

    /** Number of filters. */
    public int bands() {
        return bands;
    }

    /** One more than the last bin that has a weight. */
    public int bins() {
        return segment[bands + 1];
    }

    /** The weight of one bin in one band, 0 to 1. */
    public float weight(int band, int bin) {
        if (bin >= segment[band] && bin < segment[band + 1]) {
            return rising[bin];
        }
        return bin >= segment[band + 1] && bin < segment[band + 2] ? 1 - rising[bin] : 0;
    }

    /**
     * From bins to bands: {@code mel = F · magnitudes}.
     *
     * @param magnitudes at least {@link #bins()} values
     * @param mel receives {@link #bands()} values, from {@code offset} on
     */
    public void apply(float[] magnitudes, float[] mel, int offset) {
        float above = 0;
        for (int k = 0; k <= bands; k++) {
            float up = 0;
            float sum = 0;
            for (int bin = segment[k]; bin < segment[k + 1]; bin++) {
                up += rising[bin] * magnitudes[bin];
                sum += magnitudes[bin];
            }
            if (k > 0) {
                mel[offset + k - 1] = above + (sum - up);
            }
            above = up;
        }
    }

    /**
     * From bands to bins: {@code values = Fᵀ · mel}, which, as the weights of a bin add up to 1, is the linear
     * interpolation of the bands' values at each bin.
     *
     * @param mel {@link #bands()} values
     * @param values receives {@link #bins()} values
     */
    public void backProject(float[] mel, float[] values) {
        interpolate(mel, 0, 0, values);
    }

    /**
     * {@code Fᵀ · mel} divided by {@code Fᵀ · 1}: each bin receives the weighted mean of its bands' values. Other than
     * {@link #backProject} it does not fade below the centre of the lowest band and above that of the highest.
     *
     * @param mel {@link #bands()} values
     * @param values receives {@link #bins()} values
     */
    public void spread(float[] mel, float[] values) {
        interpolate(mel, mel[0], mel[bands - 1], values);
    }

    private void interpolate(float[] mel, float first, float last, float[] values) {
        float below = first;
        for (int k = 0; k <= bands; k++) {
            float above = k < bands ? mel[k] : last;
            float rise = above - below;
            for (int bin = segment[k]; bin < segment[k + 1]; bin++) {
                values[bin] = below + rising[bin] * rise;
            }
            below = above;
        }
        Arrays.fill(values, 0, segment[0], 0);
    }
}
