package org.riffloom.diffusion;

import java.util.List;

/**
 * What the next latents are made of: the weights of everything that a solver may look at.
 *
 * @param latents weight of the latents before the step
 * @param output of the network's (guided) output for them
 * @param clean of the image that it predicts, clamped where the step says so
 * @param previousClean of that image of the step before
 * @param previousLatents of the latents before the step before
 * @param previousOutputs of the outputs one, two, … steps before; at most {@value #OUTPUTS}
 * @param freshNoise of new normal noise
 */
record Combination(
        double latents,
        double output,
        double clean,
        double previousClean,
        double previousLatents,
        List<Double> previousOutputs,
        double freshNoise) {

    /** How many outputs the network's script remembers. */
    static final int OUTPUTS = 4;

    Combination {
        previousOutputs = List.copyOf(previousOutputs);
    }

    /** A combination of what this step alone knows. */
    static Combination of(double latents, double output, double clean) {
        return new Combination(latents, output, clean, 0, 0, List.of(), 0);
    }

    /**
     * The straight way from one level to another: the predicted image stays, the predicted noise is scaled. This is
     * Euler's method as well as DDIM and first-order DPM-Solver++.
     */
    static Combination straight(NoiseLevel from, NoiseLevel to) {
        double decay = Math.expm1(from.logRatio() - to.logRatio());
        return of(to.noise() / from.noise(), 0, -to.image() * decay);
    }

    Combination withFreshNoise(double weight) {
        return new Combination(latents, output, clean, previousClean, previousLatents, previousOutputs, weight);
    }
}
