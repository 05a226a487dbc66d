package org.riffloom.stream;

import org.jspecify.annotations.Nullable;
import org.riffloom.prompt.RiffSettings;

/**
 * The settings that a message names; {@code null} leaves one as it is. Since no seed image is a
 * choice too, that setting has a record around it.
 */
record SettingsChange(
        @Nullable Long seed,
        @Nullable SeedImageChoice seedImage,
        @Nullable Double denoising,
        @Nullable Double guidance,
        @Nullable Integer steps,
        @Nullable String negativePrompt) {

    /** A seed image, or {@code null} to start from noise alone. */
    record SeedImageChoice(@Nullable String id) {}

    /** @throws org.riffloom.prompt.InvalidRequestException if a value is out of its range */
    RiffSettings appliedTo(RiffSettings settings) {
        return new RiffSettings(
                seed == null ? settings.seed() : seed,
                seedImage == null ? settings.seedImage() : seedImage.id(),
                denoising == null ? settings.denoising() : denoising,
                guidance == null ? settings.guidance() : guidance,
                steps == null ? settings.steps() : steps,
                negativePrompt == null ? settings.negativePrompt() : negativePrompt);
    }
}
