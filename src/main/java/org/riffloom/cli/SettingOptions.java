package org.riffloom.cli;

import org.jspecify.annotations.Nullable;
import org.riffloom.prompt.RiffSettings;
import picocli.CommandLine.Option;

/** The options of a command that say how a riff is made. */
final class SettingOptions {

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the first clip; any whole number.")
    private @Nullable Long seed;

    @Option(
            names = "--seed-image",
            paramLabel = "ID",
            description = "Image that every clip starts from, or 'none' to start from noise.")
    private @Nullable String seedImage;

    @Option(
            names = "--mask-image",
            paramLabel = "ID",
            description = "Mask of the model that says what of the seed image is painted anew (white).")
    private @Nullable String maskImage;

    @Option(
            names = "--denoising",
            paramLabel = "X",
            description = "How far to move from the seed image: above 0, at most 1.")
    private @Nullable Double denoising;

    @Option(names = "--guidance", paramLabel = "X", description = "How strictly to follow the prompt: 1 to 30.")
    private @Nullable Double guidance;

    @Option(names = "--steps", paramLabel = "N", description = "Steps of the scheduler: 1 to 150.")
    private @Nullable Integer steps;

    @Option(names = "--negative-prompt", paramLabel = "TEXT", description = "What the music is not like.")
    private @Nullable String negativePrompt;

    /** Whether a picture to start from is given. */
    boolean nameAPicture() {
        return seedImage != null || maskImage != null;
    }

    /**
     * These settings, and a model's where none are given.
     *
     * @throws org.riffloom.prompt.InvalidRequestException if one is out of its range
     */
    RiffSettings over(RiffSettings defaults) {
        return new RiffSettings(
                seed != null ? seed : defaults.seed(),
                seedImage == null ? defaults.seedImage() : seedImage.equals("none") ? null : seedImage,
                denoising != null ? denoising : defaults.denoising(),
                guidance != null ? guidance : defaults.guidance(),
                steps != null ? steps : defaults.steps(),
                negativePrompt != null ? negativePrompt : defaults.negativePrompt(),
                maskImage,
                null,
                null);
    }
}
