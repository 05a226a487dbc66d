package org.riffloom.prompt;

import org.jspecify.annotations.Nullable;

/**
 * The whole recipe of one picture: a place between two points. Text embeddings, denoising and guidance are
 * interpolated linearly by {@code alpha}, the noises of the two seeds spherically, as Riffusion did.
 *
 * @param start the picture at {@code alpha} 0
 * @param end the picture at {@code alpha} 1; equal to {@code start} for a picture that blends nothing
 * @param alpha 0 to 1
 * @param seedImage id of the image to start from, or {@code null} for text-to-image
 * @param steps of the scheduler over the whole noise range
 * @param maskImage id of the picture that says which parts of the seed image are painted anew (white) and which are
 *     kept (black), or {@code null} to paint all of it
 * @param scheduler that makes the picture, or {@code null} for the model's own
 * @param loras that the picture is made with, or {@code null} for those that the server's settings name
 */
public record Interpolation(
        RiffPoint start,
        RiffPoint end,
        double alpha,
        @Nullable String seedImage,
        int steps,
        @Nullable String maskImage,
        @Nullable SchedulerName scheduler,
        @Nullable LoraWeights loras) {

    /** @throws InvalidRequestException if {@code alpha} is out of its range */
    public Interpolation {
        if (!(alpha >= 0 && alpha <= 1)) {
            throw new InvalidRequestException("alpha", "alpha is " + alpha + "; it must be between 0 and 1.");
        }
    }

    /** A picture with the LoRAs of the settings. */
    public Interpolation(
            RiffPoint start,
            RiffPoint end,
            double alpha,
            @Nullable String seedImage,
            int steps,
            @Nullable String maskImage,
            @Nullable SchedulerName scheduler) {
        this(start, end, alpha, seedImage, steps, maskImage, scheduler, null);
    }

    /** A picture without a mask, by the model's own scheduler. */
    public Interpolation(RiffPoint start, RiffPoint end, double alpha, @Nullable String seedImage, int steps) {
        this(start, end, alpha, seedImage, steps, null, null);
    }

    /** A picture at one point. */
    public static Interpolation at(RiffPoint point, @Nullable String seedImage, int steps) {
        return new Interpolation(point, point, 0, seedImage, steps);
    }

    /** Strength of img2img at {@code alpha}. */
    public double denoising() {
        return start.denoising() + alpha * (end.denoising() - start.denoising());
    }

    /** Guidance scale at {@code alpha}. */
    public double guidance() {
        return start.guidance() + alpha * (end.guidance() - start.guidance());
    }
}
