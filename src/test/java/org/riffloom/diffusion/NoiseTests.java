package org.riffloom.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoiseTests {

    @Test
    void seedZeroDrawsWhatCudaDevicesWerePublishedToDraw() {
        float[] published = {-0.92466259f, -0.42534415f, -2.6438457f, 0.14518388f, -0.12086647f, -0.57972564f};
        // Devices use a fast sine, whose error is about 2⁻²¹.
        assertThat(Noise.normal(0, 0, published.length)).containsExactly(published, within(1e-6f));
    }

    @ParameterizedTest
    @CsvSource({"42, noise.a", "43, noise.b"})
    void agreesWithTheReferenceGenerator(long seed, String figure) {
        float[] expected = Reference.of("epsilon").floats(figure);
        assertThat(Noise.normal(seed, 0, expected.length)).containsExactly(expected, within(1e-6f));
    }

    @Test
    void valueDoesNotDependOnHowManyAreDrawn() {
        assertThat(Noise.normal(7, 0, 16_384)).startsWith(Noise.normal(7, 0, 100));
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 0, 0", "0, 0, 0, 1", "1, 4294967297, 0, 0", "-1, 1, 0, 0"})
    void seedsAndDrawsDiffer(long seed, long otherSeed, int draw, int otherDraw) {
        assertThat(Noise.normal(seed, draw, 64)).isNotEqualTo(Noise.normal(otherSeed, otherDraw, 64));
    }

    @ParameterizedTest
    @CsvSource({"0", "42", "-9223372036854775808"})
    void isNormal(long seed) {
        float[] values = Noise.normal(seed, 0, 16_384);
        double sum = 0;
        double squares = 0;
        for (float value : values) {
            sum += value;
            squares += value * value;
        }
        assertThat(sum / values.length).isCloseTo(0, within(0.04));
        assertThat(squares / values.length).isCloseTo(1, within(0.05));
    }
}
