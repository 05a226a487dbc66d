package org.riffloom.spectrogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MelFilterBankTests {

    private static final SpectrogramParameters FORMAT = SpectrogramParameters.DEFAULT;

    @ParameterizedTest
    @CsvSource({"format, 44100, 17640", "reconstruction, 22500, 4096"})
    void weightsAreThoseOfTorchaudio(String grid, int sampleRate, int fftSize) {
        MelFilterBank filters = new MelFilterBank(FORMAT, (double) sampleRate / fftSize, fftSize / 2 + 1);
        ByteBuffer reference = ReferenceFiles.littleEndian("filters-" + grid + ".bin");
        int[] first = new int[FORMAT.bands()];
        int[] count = new int[FORMAT.bands()];
        for (int band = 0; band < FORMAT.bands(); band++) {
            first[band] = reference.getInt();
            count[band] = reference.getInt();
        }
        double largest = 0;
        for (int band = 0; band < FORMAT.bands(); band++) {
            float[] expected = new float[fftSize / 2 + 1];
            for (int i = 0; i < count[band]; i++) {
                expected[first[band] + i] = reference.getFloat();
            }
            for (int bin = 0; bin < expected.length; bin++) {
                largest = Math.max(largest, Math.abs(filters.weight(band, bin) - expected[bin]));
            }
        }
        assertThat(reference.hasRemaining()).isFalse();
        assertThat(largest).isLessThan(5e-5);
    }

    @Test
    void appliesItsWeightsAndTheirTranspose() {
        MelFilterBank filters = new MelFilterBank(FORMAT, 2.5, 8821);
        Random random = new Random(1);
        float[] magnitudes = new float[filters.bins()];
        float[] bandValues = new float[filters.bands()];
        for (int bin = 0; bin < magnitudes.length; bin++) {
            magnitudes[bin] = random.nextFloat();
        }
        for (int band = 0; band < bandValues.length; band++) {
            bandValues[band] = random.nextFloat();
        }
        float[] mel = new float[filters.bands()];
        float[] values = new float[filters.bins()];
        filters.apply(magnitudes, mel, 0);
        filters.backProject(bandValues, values);
        for (int band = 0; band < mel.length; band += 37) {
            double sum = 0;
            for (int bin = 0; bin < magnitudes.length; bin++) {
                sum += (double) filters.weight(band, bin) * magnitudes[bin];
            }
            assertThat(mel[band]).isCloseTo((float) sum, within(1e-4f));
        }
        for (int bin = 0; bin < values.length; bin += 113) {
            double sum = 0;
            for (int band = 0; band < bandValues.length; band++) {
                sum += (double) filters.weight(band, bin) * bandValues[band];
            }
            assertThat(values[bin]).isCloseTo((float) sum, within(1e-5f));
        }
    }

    @Test
    void spreadsAConstantOverEveryBin() {
        MelFilterBank filters = new MelFilterBank(FORMAT, 2.5, 8821);
        float[] ones = new float[filters.bands()];
        Arrays.fill(ones, 1);
        float[] values = new float[filters.bins()];
        filters.spread(ones, values);
        assertThat(values).containsOnly(1);
    }

    @Test
    void startsAtTheMinimumFrequency() {
        SpectrogramParameters above = new SpectrogramParameters(44_100, 10, 100, 400, 64, 500, 10_000, 0.25, false);
        MelFilterBank filters = new MelFilterBank(above, 2.5, 8821);
        assertThat(filters.weight(0, 199)).isZero();
        assertThat(filters.weight(0, 205)).isPositive();
    }
}
