package org.riffloom.prompt;

import org.jspecify.annotations.Nullable;

/**
 * How a riff is made, apart from its prompt.
 *
 * @param seed of the initial noise; every 64-bit value is allowed
 * @param seedImage id of the image that generation starts from, or {@code null} to start from noise alone
 * @param denoising strength of img2img, 0 (keep the seed image) exclusive to 1 (ignore it) inclusive; without a seed
 *     image it has no effect
 * @param guidance scale of classifier-free guidance, 1 (none) to {@value #MAX_GUIDANCE}
 * @param steps of the scheduler over the whole noise range, 1 to {@value #MAX_STEPS}
 * @param negativePrompt what the music should not sound like; may be empty
 * @param maskImage id of the picture that says which parts of the seed image are painted anew (white) and which are
 *     kept (black), or {@code null} to paint all of it
 * @param scheduler that makes the pictures, or {@code null} for the model's own
 * @param loras that they are made with, or {@code null} for those that the server's settings name
 * @param alphaVelocity which part of the way between two points lies between one clip and the next, {@value
 *     #MIN_ALPHA_VELOCITY} to 1
 * @param seedMotion where the noise goes meanwhile
 */
public record RiffSettings(
        long seed,
        @Nullable String seedImage,
        double denoising,
        double guidance,
        int steps,
        String negativePrompt,
        @Nullable String maskImage,
        @Nullable SchedulerName scheduler,
        @Nullable LoraWeights loras,
        double alphaVelocity,
        SeedMotion seedMotion) {

    public static final double MAX_GUIDANCE = 30;
    public static final int MAX_STEPS = 150;
    public static final double MIN_ALPHA_VELOCITY = 1.0 / 32;

    /** Riffusion's. */
    public static final double ALPHA_VELOCITY = 0.25;

    /** @throws InvalidRequestException if a value is out of its range */
    public RiffSettings {
        if (!(denoising > 0 && denoising <= 1)) {
            throw new InvalidRequestException(
                    "denoising", "denoising is " + denoising + "; it must be above 0 and at most 1.");
        }
        if (!(guidance >= 1 && guidance <= MAX_GUIDANCE)) {
            throw new InvalidRequestException(
                    "guidance", "guidance is " + guidance + "; it must be between 1 and " + MAX_GUIDANCE + ".");
        }
        if (steps < 1 || steps > MAX_STEPS) {
            throw new InvalidRequestException(
                    "steps", "steps is " + steps + "; it must be between 1 and " + MAX_STEPS + ".");
        }
        negativePrompt = negativePrompt.strip();
        if (negativePrompt.length() > Prompt.MAX_LENGTH) {
            throw new InvalidRequestException(
                    "negativePrompt",
                    "The negative prompt has " + negativePrompt.length() + " characters; at most " + Prompt.MAX_LENGTH
                            + " are allowed.");
        }
        if (maskImage != null && seedImage == null) {
            throw new InvalidRequestException(
                    "maskImage", "A mask says what of a seed image is kept; give a seedImage too, or no maskImage.");
        }
        if (!(alphaVelocity >= MIN_ALPHA_VELOCITY && alphaVelocity <= 1)) {
            throw new InvalidRequestException(
                    "alphaVelocity",
                    "alphaVelocity is " + alphaVelocity + "; it must be between " + MIN_ALPHA_VELOCITY + " and 1.");
        }
    }

    /** Settings of a riff that moves as in Riffusion. */
    public RiffSettings(
            long seed,
            @Nullable String seedImage,
            double denoising,
            double guidance,
            int steps,
            String negativePrompt,
            @Nullable String maskImage,
            @Nullable SchedulerName scheduler,
            @Nullable LoraWeights loras) {
        this(
                seed,
                seedImage,
                denoising,
                guidance,
                steps,
                negativePrompt,
                maskImage,
                scheduler,
                loras,
                ALPHA_VELOCITY,
                SeedMotion.WALK);
    }

    /** Settings without a mask, with the model's own scheduler and the server's LoRAs. */
    public RiffSettings(
            long seed,
            @Nullable String seedImage,
            double denoising,
            double guidance,
            int steps,
            String negativePrompt) {
        this(seed, seedImage, denoising, guidance, steps, negativePrompt, null, null, null);
    }
}
