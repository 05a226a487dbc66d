package org.riffloom.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.riffloom.spectrogram.MelSpectrogram;
import org.riffloom.spectrogram.SpectrogramParameters;

class StereoImageTests {

    private static final SpectrogramParameters MONO = SpectrogramParameters.DEFAULT;
    private static final int BANDS = MONO.bands();

    private static MelSpectrogram stereo(float[] left, float[] right) {
        return new MelSpectrogram(MONO.withStereo(true), left.length / BANDS, new float[][] {left, right});
    }

    private static float[] noise(int columns, long seed) {
        Random random = new Random(seed);
        float[] noise = new float[columns * BANDS];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) Math.exp(random.nextGaussian());
        }
        return noise;
    }

    private static float[] scaled(float[] magnitudes, double factor) {
        float[] scaled = magnitudes.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= (float) factor;
        }
        return scaled;
    }

    @Test
    void givesASourceBackAsItCame() {
        float[] source = noise(20, 1);
        for (double side : new double[] {0, 0.3, 1, 5}) {
            StereoImage image = new StereoImage(MONO);
            MelSpectrogram both = stereo(source, scaled(source, side));
            MelSpectrogram mixed = image.mixed(both);
            assertThat(mixed.parameters()).isEqualTo(MONO);
            float mix = (float) (source[7] * Math.sqrt((1 + side * side) / 2));
            assertThat(mixed.magnitudes()[0][7]).isCloseTo(mix, within(1e-4f));
            MelSpectrogram placed = image.placed(mixed);
            assertThat(placed.parameters()).isEqualTo(both.parameters());
            for (int c = 0; c < 2; c++) {
                for (int i = 0; i < source.length; i++) {
                    float wanted = both.magnitudes()[c][i];
                    // Sums of energies over time and bands know a share to some 1e-6, and its root to 1e-3.
                    assertThat(placed.magnitudes()[c][i]).isCloseTo(wanted, within(2e-3f * source[i]));
                }
            }
        }
    }

    @Test
    void putsWhatIsNewWhereSomethingWas() {
        StereoImage image = new StereoImage(MONO);
        float[] left = new float[20 * BANDS];
        float[] right = new float[20 * BANDS];
        for (int t = 0; t < 20; t++) {
            left[t * BANDS + 100] = 1;
            right[t * BANDS + 300] = 1;
        }
        image.mixed(stereo(left, right));
        float[] fresh = noise(20, 2);
        MelSpectrogram placed = image.placed(new MelSpectrogram(MONO, 20, new float[][] {fresh}));
        int at = 10 * BANDS;
        assertThat(placed.magnitudes()[0][at + 102]).isCloseTo(fresh[at + 102] * (float) Math.sqrt(2), within(1e-4f));
        assertThat(placed.magnitudes()[1][at + 102]).isZero();
        assertThat(placed.magnitudes()[0][at + 300]).isZero();
        // Where nothing was, in the middle.
        assertThat(placed.magnitudes()[0][at + 200]).isCloseTo(fresh[at + 200], within(1e-4f));
        assertThat(placed.magnitudes()[1][at + 200]).isCloseTo(fresh[at + 200], within(1e-4f));
    }

    @Test
    void doesNotFlutterWithNoise() {
        StereoImage image = new StereoImage(MONO);
        MelSpectrogram both = stereo(noise(200, 3), noise(200, 4));
        MelSpectrogram mixed = image.mixed(both);
        MelSpectrogram placed = image.placed(mixed);
        double raw = 0;
        double steady = 0;
        for (int i = 20 * BANDS; i < 200 * BANDS; i++) {
            raw += Math.abs(both.magnitudes()[0][i] / mixed.magnitudes()[0][i] - 1);
            steady += Math.abs(placed.magnitudes()[0][i] / mixed.magnitudes()[0][i] - 1);
        }
        assertThat(steady).isLessThan(0.4 * raw);
    }

    @Test
    void goesOnFromPieceToPiece() {
        MelSpectrogram both = stereo(noise(30, 5), noise(30, 6));
        StereoImage once = new StereoImage(MONO);
        float[] whole = once.placed(once.mixed(both)).magnitudes()[1];
        StereoImage pieces = new StereoImage(MONO);
        MelSpectrogram first = pieces.mixed(both.slice(0, 13));
        MelSpectrogram second = pieces.mixed(both.slice(13, 30));
        assertThat(pieces.placed(first.slice(0, 5)).magnitudes()[1]).isEqualTo(Arrays.copyOf(whole, 5 * BANDS));
        pieces.placed(first.slice(5, 13));
        assertThat(pieces.placed(second).magnitudes()[1]).isEqualTo(Arrays.copyOfRange(whole, 13 * BANDS, 30 * BANDS));
        assertThatThrownBy(() -> pieces.placed(first)).isInstanceOf(NoSuchElementException.class);
    }
}
