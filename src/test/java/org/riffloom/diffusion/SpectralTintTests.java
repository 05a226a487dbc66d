package org.riffloom.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.riffloom.checkpoint.SpectralVariation;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.RiffPoint;

class SpectralTintTests {

    private static final int SIDE = 8;

    /** Two channels and two heights. */
    private static final SpectralTint TINT = new SpectralTint(new SpectralVariation(List.of(
            new float[][] {{3, 1}, {0, 0}}, new float[][] {{0, 0}, {2, 2}})));

    private static Interpolation between(long start, long end, double alpha) {
        Prompt prompt = new Prompt("rain");
        return new Interpolation(
                new RiffPoint(prompt, "", start, 0.8, 3), new RiffPoint(prompt, "", end, 0.8, 3), alpha, "pulse", 10);
    }

    private static float[] of(long seed) {
        return TINT.of(between(seed, seed, 0), SIDE, SIDE);
    }

    @Test
    void isConstantInTimeAndSmoothInFrequency() {
        float[] tint = of(7);
        assertThat(tint).hasSize(2 * SIDE * SIDE);
        for (int row = 0; row < 2 * SIDE; row++) {
            for (int x = 1; x < SIDE; x++) {
                assertThat(tint[row * SIDE + x]).isEqualTo(tint[row * SIDE]);
            }
        }
        float weight = tint[0] / 3;
        float[] heights = {3, 3, 2.75f, 2.25f, 1.75f, 1.25f, 1, 1};
        for (int y = 0; y < SIDE; y++) {
            assertThat(tint[y * SIDE]).isCloseTo(weight * heights[y], within(1e-5f));
        }
    }

    @Test
    void variesOverSeedsAsTheTrainingDid() {
        int seeds = 4_000;
        double first = 0;
        double second = 0;
        double both = 0;
        for (int seed = 0; seed < seeds; seed++) {
            float[] tint = of(seed);
            first += tint[0] * tint[0];
            second += tint[SIDE * SIDE] * tint[SIDE * SIDE];
            both += tint[0] * tint[SIDE * SIDE];
        }
        assertThat(first / seeds).isCloseTo(9, within(0.6));
        assertThat(second / seeds).isCloseTo(4, within(0.3));
        assertThat(both / seeds).isCloseTo(0, within(0.4));
    }

    @Test
    void movesFromSeedToSeedAndBeginsWhereItEnded() {
        assertThat(TINT.of(between(1, 2, 0), SIDE, SIDE)).isEqualTo(of(1));
        assertThat(TINT.of(between(1, 2, 1), SIDE, SIDE)).isEqualTo(of(2));
        float quarter = TINT.of(between(1, 2, 0.25), SIDE, SIDE)[0];
        float half = TINT.of(between(1, 2, 0.5), SIDE, SIDE)[0];
        assertThat(Math.abs(half - quarter)).isLessThan(Math.abs(of(1)[0]) + Math.abs(of(2)[0]));
        assertThat(half).isNotEqualTo(quarter);
    }
}
