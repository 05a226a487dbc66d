package org.riffloom.prompt;

/**
 * One end of an interpolation.
 *
 * @param prompt what this end sounds like: one prompt, or several at once
 * @param negativePrompt what it should not sound like; may be empty
 * @param seed of this end's noise
 * @param denoising strength of img2img, above 0 and at most 1
 * @param guidance scale of classifier-free guidance; at most 1 for none
 */
public record RiffPoint(PromptMix prompt, String negativePrompt, long seed, double denoising, double guidance) {

    /** A point of one prompt. */
    public RiffPoint(Prompt prompt, String negativePrompt, long seed, double denoising, double guidance) {
        this(PromptMix.of(prompt), negativePrompt, seed, denoising, guidance);
    }

    /** The point that these settings describe for a prompt, with a seed of its own. */
    public static RiffPoint of(Prompt prompt, long seed, RiffSettings settings) {
        return of(PromptMix.of(prompt), seed, settings);
    }

    /** The same for several prompts at once. */
    public static RiffPoint of(PromptMix prompt, long seed, RiffSettings settings) {
        return new RiffPoint(prompt, settings.negativePrompt(), seed, settings.denoising(), settings.guidance());
    }
}
