package org.riffloom.diffusion;

/**
 * How far an image is noised: the latents are image · x₀ + noise · ε.
 *
 * @param image share of the image, √ᾱ
 * @param noise share of the noise; √(1−ᾱ), but for the ancestral solvers' way stations, which have less
 * @param logRatio the logarithm of image over noise; infinite without noise
 */
record NoiseLevel(double image, double noise, double logRatio) {

    /** The level at which ᾱ of the image's power is left, 0 to 1. */
    static NoiseLevel ofAlpha(double alpha) {
        double image = Math.sqrt(alpha);
        double noise = Math.sqrt(1 - alpha);
        return new NoiseLevel(image, noise, Math.log(image / noise));
    }

    /** The level with σ times as much noise as image, their powers adding up to 1; single precision as in diffusers. */
    static NoiseLevel ofSigma(float sigma) {
        double image = 1 / Math.sqrt(1 + (double) sigma * sigma);
        return new NoiseLevel(image, sigma * image, -Math.log(sigma));
    }
}
