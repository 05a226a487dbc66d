package org.riffloom.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.riffloom.diffusion.Reference.assertClose;

import java.awt.image.BufferedImage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.RiffPoint;

/** Whole generations against diffusers, on the tiny checkpoints. */
class PipelineParityTests {

    private static final double BOUND = 2e-5;

    static Iterable<String> fixtures() {
        return Reference.fixtures();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void latentsAndPictureAreThoseOfDiffusers(String fixture) {
        Reference reference = Reference.of(fixture);
        Interpolation request = new Interpolation(
                new RiffPoint(new Prompt("jazz piano"), "", 42, 0.75, 5),
                new RiffPoint(new Prompt("church bells"), "", 43, 0.75, 5),
                0.25,
                null,
                10);
        try (DiffusionPipeline pipeline =
                DiffusionPipeline.load(Reference.folder(fixture).resolve("model"), "cpu", 1)) {
            BufferedImage seedImage = Images.of(reference, "vae.pixels");
            assertClose(
                    fixture + " text2image",
                    pipeline.latents(request, null),
                    reference.item("default.text2image", -1),
                    BOUND);
            assertClose(
                    fixture + " image2image",
                    pipeline.latents(request, seedImage),
                    reference.item("default.image2image", -1),
                    BOUND);
            BufferedImage picture = pipeline.generate(request, seedImage, StepListener.NONE);
            assertThat(Images.largestDifference(picture, Images.of(reference, "default.picture")))
                    .isLessThanOrEqualTo(1);
        }
    }
}
