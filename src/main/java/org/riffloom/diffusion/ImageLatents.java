package org.riffloom.diffusion;

import ai.djl.ndarray.NDArray;

/**
 * The latents of one picture, and the noise that they are mixed with.
 *
 * @param posterior their distribution, not yet scaled
 * @param draw normal noise that picks a sample of it
 * @param noise to mix with, float32 like all of these; its manager owns what is made of it
 * @param scalingFactor of the latents
 */
record ImageLatents(Vae vae, Vae.Posterior posterior, NDArray draw, NDArray noise, double scalingFactor) {

    /** Scaled latents with these shares of image and noise. */
    NDArray noised(double image, double noiseShare) {
        return vae.noised(noise, posterior, draw, image * scalingFactor, noiseShare);
    }
}
