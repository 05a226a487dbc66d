package org.riffloom.prompt;

import org.jspecify.annotations.Nullable;

/**
 * Where a riff is going after a clip, as far as the clip's recipe does not tell. Prompts that wait are not part of it: they
 * are nobody's business but the listener's.
 *
 * @param goal the mix that the words are on their way to, or {@code null} where they are not on their way to one
 * @param alphaVelocity as in {@link RiffSettings}
 * @param seedMotion likewise
 */
public record RiffDirection(@Nullable PromptMix goal, double alphaVelocity, SeedMotion seedMotion) {

    /** As Riffusion moved. */
    public static final RiffDirection USUAL = new RiffDirection(null, RiffSettings.ALPHA_VELOCITY, SeedMotion.WALK);
}
