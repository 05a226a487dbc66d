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
}
