package org.riffloom.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.jtransforms.fft.FloatFFT_1D;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Held against JTransforms. */
class BatchedFftTests {

    private static final int SIGNALS = 3;

    /** Every number of fours, with and without a two at the end, on either side. */
    @ParameterizedTest
    @ValueSource(ints = {16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16_384})
    void transformsEachSignal(int size) {
        BatchedFft fft = new BatchedFft(size, SIGNALS);
        Random random = new Random(size);
        // Twice, since rows change places.
        for (int round = 0; round < 2; round++) {
            float[][] signals = new float[SIGNALS][2 * size];
            for (int s = 0; s < SIGNALS; s++) {
                for (int i = 0; i < 2 * size; i++) {
                    signals[s][i] = (float) random.nextGaussian();
                }
                put(fft, s, signals[s]);
            }
            fft.transform();
            for (int s = 0; s < SIGNALS; s++) {
                new FloatFFT_1D(size).complexForward(signals[s]);
                assertThat(spectrum(fft, s, size)).containsExactly(signals[s], within(2e-5f * (float) Math.sqrt(size)));
            }
        }
    }

    @Test
    void aSignalDoesNotHearItsNeighbours() {
        int size = 256;
        BatchedFft fft = new BatchedFft(size, SIGNALS);
        Random random = new Random(1);
        float[] signal = new float[2 * size];
        for (int i = 0; i < signal.length; i++) {
            signal[i] = (float) random.nextGaussian();
        }
        put(fft, 0, signal);
        put(fft, 1, signal);
        put(fft, 2, new float[2 * size]);
        fft.transform();
        assertThat(spectrum(fft, 1, size)).isEqualTo(spectrum(fft, 0, size));
        assertThat(spectrum(fft, 2, size)).containsOnly(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 24, 4095})
    void otherSizesAreRefused(int size) {
        assertThatThrownBy(() -> new BatchedFft(size, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(String.valueOf(size));
    }

    private static void put(BatchedFft fft, int signal, float[] numbers) {
        int width = fft.inputWidth();
        for (int n = 0; n < numbers.length / 2; n++) {
            fft.inputReal(n / width)[signal * width + n % width] = numbers[2 * n];
            fft.inputImaginary(n / width)[signal * width + n % width] = numbers[2 * n + 1];
        }
    }

    private static float[] spectrum(BatchedFft fft, int signal, int size) {
        int width = fft.outputWidth();
        float[] numbers = new float[2 * size];
        for (int k = 0; k < size; k++) {
            numbers[2 * k] = fft.outputReal(k / width)[signal * width + k % width];
            numbers[2 * k + 1] = fft.outputImaginary(k / width)[signal * width + k % width];
        }
        return numbers;
    }
}
