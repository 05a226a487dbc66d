package org.riffloom.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.jtransforms.fft.FloatFFT_1D;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Held against the transform of one frame after the other, and its inverse by JTransforms. */
class FrameBatchTests {

    @ParameterizedTest
    @CsvSource({
        "4096, 2250, 225, 1821, 16",
        "4096, 2250, 225, 1821, 7",
        "4096, 2250, 225, 2048, 1",
        "2048, 1126, 100, 1000, 2",
        "512, 512, 64, 256, 15",
        "64, 16, 4, 10, 16",
    })
    void framesAreAsEachByItself(int size, int length, int hop, int bins, int count) {
        float[] window = ShortTimeFourierTransform.hann(length);
        FrameBatch batch = new FrameBatch(size, window, bins, hop);
        ShortTimeFourierTransform single = new ShortTimeFourierTransform(size, window, bins);
        int start = 5;
        float[] signal = new float[start + length + (count - 1) * hop];
        Random random = new Random(count);
        for (int i = 0; i < signal.length; i++) {
            signal[i] = (float) random.nextGaussian();
        }
        float[][] real = new float[count][bins];
        float[][] imaginary = new float[count][bins];
        batch.analyze(signal, start, count, real, imaginary);

        float[] wanted = new float[signal.length];
        float[] spectrum = new float[2 * bins];
        float tolerance = 1e-5f * (float) Math.sqrt(length);
        for (int frame = 0; frame < count; frame++) {
            single.analyze(signal, start + frame * hop, spectrum);
            for (int m = 0; m < bins; m++) {
                assertThat(real[frame][m]).isCloseTo(spectrum[2 * m], within(tolerance));
                assertThat(imaginary[frame][m]).isCloseTo(spectrum[2 * m + 1], within(tolerance));
            }
            float[] inverse = Arrays.copyOf(spectrum, size);
            new FloatFFT_1D(size).realInverse(inverse, true);
            for (int i = 0; i < length; i++) {
                wanted[start + frame * hop + i] += window[i] * inverse[Math.floorMod(i - length / 2, size)];
            }
        }

        // What is imaginary at 0 Hz counts for nothing, and what was in the signal before stays.
        imaginary[0][0] = 1_000;
        float[] made = new float[signal.length];
        made[start] = 1;
        wanted[start] += 1;
        batch.synthesize(real, imaginary, count, made, start);
        assertThat(made).containsExactly(wanted, within(1e-5f));
    }
}
