package org.riffloom.clip;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.riffloom.spectrogram.MelSpectrogram;
import org.riffloom.spectrogram.SpectrogramParameters;

/**
 * What of a sound is on its left and what on its right, while pictures with one channel are painted of it: columns with two
 * channels go in and come out with one, and when those have become others, these come out with two, each band as far to one
 * side as it was in the sound. So a source stays where it is, and what is painted anew is heard where there was something.
 *
 * <p>The side is told by the energy of some bands around, now and a little before: of a single cell of noise it would be
 * chance, and heard as a flutter.
 *
 * <p>One for each sound, used by one thread at a time; it remembers what has not come back.
 */
final class StereoImage {

    /** Bands on either side that count. */
    private static final int BANDS = 3;

    /** What is left of a column's energy in the next: half of it after 30 ms. */
    private static final float FADING = 0.8f;

    private final SpectrogramParameters mono;
    private final int bands;
    /** For each column that has not come back, the share of the left in each band's energy. */
    private final Queue<float[]> shares = new ArrayDeque<>();

    private final float[] left;
    private final float[] right;

    /** @param mono format of the columns with one channel */
    StereoImage(SpectrogramParameters mono) {
        this.mono = mono;
        this.bands = mono.bands();
        this.left = new float[bands];
        this.right = new float[bands];
    }

    /** The next columns of the sound with one channel: the mean energy of both. */
    MelSpectrogram mixed(MelSpectrogram both) {
        float[] ofLeft = both.magnitudes()[0];
        float[] ofRight = both.magnitudes()[1];
        float[] mix = new float[ofLeft.length];
        for (int i = 0; i < mix.length; i++) {
            mix[i] = (float) Math.sqrt((ofLeft[i] * ofLeft[i] + ofRight[i] * ofRight[i]) / 2);
        }
        for (int t = 0; t < both.frames(); t++) {
            follow(left, ofLeft, t);
            follow(right, ofRight, t);
            shares.add(shares());
        }
        return new MelSpectrogram(mono, both.frames(), new float[][] {mix});
    }

    private void follow(float[] energies, float[] magnitudes, int column) {
        for (int b = 0; b < bands; b++) {
            float magnitude = magnitudes[column * bands + b];
            energies[b] = FADING * energies[b] + magnitude * magnitude;
        }
    }

    private float[] shares() {
        float[] share = new float[bands];
        Arrays.fill(share, 0.5f);
        for (int b = 0; b < bands; b++) {
            float ofLeft = 0;
            float ofRight = 0;
            for (int k = Math.max(0, b - BANDS); k <= Math.min(bands - 1, b + BANDS); k++) {
                ofLeft += left[k];
                ofRight += right[k];
            }
            if (ofLeft + ofRight > 0) {
                share[b] = ofLeft / (ofLeft + ofRight);
            }
        }
        return share;
    }

    /**
     * The next columns with two channels.
     *
     * @param painted what they have become; no more than went in and have not come back
     */
    MelSpectrogram placed(MelSpectrogram painted) {
        float[] mix = painted.magnitudes()[0];
        float[][] both = new float[2][mix.length];
        for (int t = 0; t < painted.frames(); t++) {
            float[] share = shares.remove();
            for (int b = 0; b < bands; b++) {
                int i = t * bands + b;
                both[0][i] = mix[i] * (float) Math.sqrt(2 * share[b]);
                both[1][i] = mix[i] * (float) Math.sqrt(2 * (1 - share[b]));
            }
        }
        return new MelSpectrogram(mono.withStereo(true), painted.frames(), both);
    }
}
