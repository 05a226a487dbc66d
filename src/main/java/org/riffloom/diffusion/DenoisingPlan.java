package org.riffloom.diffusion;

import java.util.List;

/**
 * Everything that a scheduler decides: where to start, and each step.
 *
 * @param signal the clean image's share in the latents at the start
 * @param noise the noise's share
 * @param steps in order; at least one
 */
record DenoisingPlan(double signal, double noise, List<DenoisingStep> steps) {

    DenoisingPlan {
        steps = List.copyOf(steps);
    }

    /** A plan that starts from noise alone. */
    static DenoisingPlan fromNoise(double noise, List<DenoisingStep> steps) {
        return new DenoisingPlan(0, noise, steps);
    }

    /** A plan that starts from an image at a noise level. */
    static DenoisingPlan fromImage(NoiseLevel level, List<DenoisingStep> steps) {
        return new DenoisingPlan(level.image(), level.noise(), steps);
    }
}
