package org.riffloom.stream;

import org.jspecify.annotations.Nullable;
import org.riffloom.prompt.LoraWeights;
import org.riffloom.prompt.RiffSettings;
import org.riffloom.prompt.SchedulerName;
import org.riffloom.prompt.SeedMotion;

/**
 * The settings that a message names; {@code null} leaves one as it is. Since no image, no scheduler but the model's own
 * and no LoRAs but the server's are choices too, those settings have a record around them.
 */
record SettingsChange(
        @Nullable Long seed,
        @Nullable ImageChoice seedImage,
        @Nullable Double denoising,
        @Nullable Double guidance,
        @Nullable Integer steps,
        @Nullable String negativePrompt,
        @Nullable ImageChoice maskImage,
        @Nullable SchedulerChoice scheduler,
        @Nullable LoraChoice loras,
        @Nullable Double alphaVelocity,
        @Nullable SeedMotion seedMotion) {

    /** An image, or {@code null} for none: to start from noise alone, to paint all of the seed image. */
    record ImageChoice(@Nullable String id) {}

    /** A scheduler, or {@code null} for the model's own. */
    record SchedulerChoice(@Nullable SchedulerName name) {}

    /** LoRAs, or {@code null} for those that the server's settings name. */
    record LoraChoice(@Nullable LoraWeights weights) {}

    /** @throws org.riffloom.prompt.InvalidRequestException if a value is out of its range */
    RiffSettings appliedTo(RiffSettings settings) {
        return new RiffSettings(
                seed == null ? settings.seed() : seed,
                seedImage == null ? settings.seedImage() : seedImage.id(),
                denoising == null ? settings.denoising() : denoising,
                guidance == null ? settings.guidance() : guidance,
                steps == null ? settings.steps() : steps,
                negativePrompt == null ? settings.negativePrompt() : negativePrompt,
                maskImage == null ? settings.maskImage() : maskImage.id(),
                scheduler == null ? settings.scheduler() : scheduler.name(),
                loras == null ? settings.loras() : loras.weights(),
                alphaVelocity == null ? settings.alphaVelocity() : alphaVelocity,
                seedMotion == null ? settings.seedMotion() : seedMotion);
    }
}
