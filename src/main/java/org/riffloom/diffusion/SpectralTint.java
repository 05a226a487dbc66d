package org.riffloom.diffusion;

import java.util.Arrays;
import org.riffloom.checkpoint.SpectralVariation;
import org.riffloom.prompt.Interpolation;

/**
 * Tints what grows from a seed image, so that seeds differ in loudness and brightness as much as the pictures that the
 * model was trained on.
 *
 * <p>A seed image has one spectrum, and noise has next to no mean. A network takes the little that it sees of a picture's
 * mean in its first steps for the truth (as Guttenberg, "Diffusion with Offset Noise", 2023, noted of brightness), so all
 * that grows from one image ends up about equally dense and bright. So each seed draws its own deviation from the training
 * pictures' average, with their covariance, constant in time: the beat stays as it is.
 */
final class SpectralTint {

    /** Which of a generator's draws it is; far from those that noise is taken from. */
    private static final int DRAW = 1 << 30;

    private final SpectralVariation variation;

    SpectralTint(SpectralVariation variation) {
        this.variation = variation;
    }

    /** Whether the model has any. */
    boolean exists() {
        return !variation.components().isEmpty();
    }

    /**
     * The deviation between a request's two seeds.
     *
     * @return scaled latents, {@code channels · height · width} values
     */
    float[] of(Interpolation request, int height, int width) {
        int count = variation.components().size();
        float[] start = Noise.normal(request.start().seed(), DRAW, count);
        float[] end = Noise.normal(request.end().seed(), DRAW, count);
        float[] weights = Slerp.between(request.alpha(), start, end);
        float[] tint = new float[variation.channels() * height * width];
        for (int c = 0; c < variation.channels(); c++) {
            float[] profile = profile(weights, c);
            for (int y = 0; y < height; y++) {
                float value = at(profile, (y + 0.5f) * profile.length / height - 0.5f);
                Arrays.fill(tint, (c * height + y) * width, (c * height + y + 1) * width, value);
            }
        }
        return tint;
    }

    private float[] profile(float[] weights, int channel) {
        float[] profile = new float[variation.rows()];
        for (int k = 0; k < weights.length; k++) {
            float[] component = variation.components().get(k)[channel];
            for (int r = 0; r < profile.length; r++) {
                profile[r] += weights[k] * component[r];
            }
        }
        return profile;
    }

    /** Linear between the values, constant beyond them. */
    private static float at(float[] values, float place) {
        float inside = Math.max(0, Math.min(values.length - 1, place));
        int below = (int) inside;
        int above = Math.min(values.length - 1, below + 1);
        return values[below] + (inside - below) * (values[above] - values[below]);
    }
}
