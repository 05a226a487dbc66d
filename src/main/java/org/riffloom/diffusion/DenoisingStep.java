package org.riffloom.diffusion;

/**
 * One step of a solver, as the numbers of a linear combination. With {@code x} the latents before the step, {@code f}
 * the network's (guided) output for them at {@code timestep}:
 *
 * <pre>
 * clean = clamp(cleanOfLatents · x + cleanOfOutput · f, ±clip)
 * x′    = latents · x + output · f + clean · clean + previous · (clean of the step before)
 * </pre>
 *
 * <p>DDIM and DPM-Solver++ for any kind of prediction are of this form. The numbers are computed in double precision
 * on the host, and applied in one go on the device.
 *
 * @param clip 0 for no clamping
 */
record DenoisingStep(
        double timestep,
        double cleanOfLatents,
        double cleanOfOutput,
        double clip,
        double latents,
        double output,
        double clean,
        double previous) {

    /** The numbers in the order in which the script reads them. */
    double[] numbers(double guidance) {
        return new double[] {timestep, guidance, cleanOfLatents, cleanOfOutput, clip, latents, output, clean, previous};
    }
}
