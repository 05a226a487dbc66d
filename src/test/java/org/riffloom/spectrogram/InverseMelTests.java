package org.riffloom.spectrogram;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InverseMelTests {

    private static final MelFilterBank FILTERS = new MelFilterBank(SpectrogramParameters.DEFAULT, 2.5, 8821);

    @Test
    void givesMagnitudesWithTheWantedMelValues() {
        float[] magnitudes = new float[FILTERS.bins()];
        for (int bin = 0; bin < magnitudes.length; bin++) {
            magnitudes[bin] = (float) (2 + Math.sin(bin / 40.0) + Math.cos(bin / 311.0));
        }
        float[] wanted = new float[FILTERS.bands()];
        FILTERS.apply(magnitudes, wanted, 0);
        float[] solved = new float[FILTERS.bins()];
        new InverseMel(FILTERS).solve(wanted, 0, solved);
        float[] mel = new float[FILTERS.bands()];
        FILTERS.apply(solved, mel, 0);
        double error = 0;
        double size = 0;
        for (int band = 0; band < mel.length; band++) {
            error += Math.pow(mel[band] - wanted[band], 2);
            size += Math.pow(wanted[band], 2);
        }
        // Not exact: at the narrowest filters the least-squares solution dips below zero and is cut off.
        assertThat(Math.sqrt(error / size)).isLessThan(1e-3);
    }

    @Test
    void givesNothingBelowZero() {
        float[] comb = new float[FILTERS.bands()];
        for (int band = 0; band < comb.length; band += 2) {
            comb[band] = 1;
        }
        float[] solved = new float[FILTERS.bins()];
        new InverseMel(FILTERS).solve(comb, 0, solved);
        float least = Float.MAX_VALUE;
        float most = 0;
        for (float magnitude : solved) {
            least = Math.min(least, magnitude);
            most = Math.max(most, magnitude);
        }
        assertThat(least).isZero();
        assertThat(most).isPositive();
    }
}
