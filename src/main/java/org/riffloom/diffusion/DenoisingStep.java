package org.riffloom.diffusion;

import java.util.Arrays;

/**
 * One step of a solver, as numbers. With {@code x} the latents before the step and {@code f} the network's (guided)
 * output for them at {@code timestep}, the clean image is {@code clamp(clean.ofLatents · x + clean.ofOutput · f,
 * ±clip)}, and the next latents are what {@code next} says.
 *
 * <p>Every solver here is of this form, for any kind of prediction. The numbers are computed in double precision on the
 * host, and applied in one go on the device.
 *
 * @param timestep that the network is told; some solvers ask for fractions
 * @param clip 0 for no clamping
 * @param kept how noisy the part that a mask keeps is after this step
 */
record DenoisingStep(double timestep, CleanImage clean, double clip, Combination next, NoiseLevel kept) {

    private static final int FIXED = 10;

    /** The numbers in the order in which the network's script reads them. */
    double[] numbers(double guidance) {
        double[] numbers = Arrays.copyOf(
                new double[] {
                    timestep,
                    guidance,
                    clean.ofLatents(),
                    clean.ofOutput(),
                    clip,
                    next.latents(),
                    next.output(),
                    next.clean(),
                    next.previousClean(),
                    next.previousLatents()
                },
                FIXED + Combination.OUTPUTS);
        for (int i = 0; i < next.previousOutputs().size(); i++) {
            numbers[FIXED + i] = next.previousOutputs().get(i);
        }
        return numbers;
    }
}
