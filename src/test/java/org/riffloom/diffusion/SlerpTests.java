package org.riffloom.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlerpTests {

    private final float[] a = Noise.normal(1, 0, 4096);
    private final float[] b = Noise.normal(2, 0, 4096);

    @Test
    void beginsAndEndsExactlyAtItsEnds() {
        assertThat(Slerp.between(0, a, b)).isEqualTo(a);
        assertThat(Slerp.between(1, a, b)).isEqualTo(b);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.25, 0.5, 1})
    void staysBetweenEqualEnds(double alpha) {
        assertThat(Slerp.between(alpha, a, a.clone())).containsExactly(a, within(1e-6f));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.25, 0.5, 0.9})
    void keepsTheVarianceOfNoise(double alpha) {
        assertThat(norm(Slerp.between(alpha, a, b))).isCloseTo((norm(a) + norm(b)) / 2, within(0.02 * norm(a)));
    }

    @Test
    void agreesWithTheReference() {
        Reference reference = Reference.of("epsilon");
        float[] between = Slerp.between(0.25, reference.floats("noise.a"), reference.floats("noise.b"));
        Reference.assertClose("slerp", between, reference.floats("noise.slerp"), 1e-6);
    }

    @Test
    void oppositeAndZeroVectorsTakeTheStraightLine() {
        float[] opposite = {-1, 0};
        assertThat(Slerp.between(0.25, new float[] {1, 0}, opposite)).containsExactly(0.5f, 0);
        assertThat(Slerp.between(0.5, new float[2], new float[] {1, 0})).containsExactly(0.5f, 0);
    }

    private static double norm(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }
}
