package org.riffloom.diffusion;

import org.riffloom.checkpoint.SchedulerConfig.Prediction;

/**
 * How image and noise follow from latents and the network's output, linearly, whatever it is that the network predicts.
 *
 * @param ofLatents the latents' weight in the predicted image
 * @param ofOutput the output's weight in it
 * @param noiseOfLatents the latents' weight in the predicted noise
 * @param noiseOfOutput the output's weight in it
 */
record CleanImage(double ofLatents, double ofOutput, double noiseOfLatents, double noiseOfOutput) {

    /** Solves image · x₀ + noise · ε = latents for x₀ and ε. */
    static CleanImage of(Prediction prediction, NoiseLevel level) {
        double image = level.image();
        double noise = level.noise();
        return switch (prediction) {
            case EPSILON -> new CleanImage(1 / image, -noise / image, 0, 1);
            case SAMPLE -> new CleanImage(0, 1, 1 / noise, -image / noise);
            case V_PREDICTION -> new CleanImage(image, -noise, noise, image);
        };
    }
}
