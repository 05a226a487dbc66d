package org.riffloom.diffusion;

import ai.djl.ndarray.NDArray;

/**
 * The latents of one picture, and the noise that they are mixed with.
 *
 * @param sample of their distribution, not yet scaled
 * @param noise to mix with, float32 like the sample
 * @param scalingFactor of the latents
 */
record ImageLatents(NDArray sample, NDArray noise, double scalingFactor) {

    /** The shares of sample and noise that make scaled latents of a noise level. */
    double[] shares(NoiseLevel level) {
        return new double[] {level.image() * scalingFactor, level.noise()};
    }
}
