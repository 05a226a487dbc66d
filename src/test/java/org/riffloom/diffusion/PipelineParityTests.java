package org.riffloom.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.riffloom.diffusion.Reference.assertClose;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.RiffPoint;

/** Whole generations against diffusers, on the tiny checkpoints: ten steps, guidance 5, a quarter of the way. */
class PipelineParityTests {

    private static final double BOUND = 1e-5;
    private static final Interpolation REQUEST = new Interpolation(
            new RiffPoint(new Prompt("jazz piano"), "", 42, 0.75, 5),
            new RiffPoint(new Prompt("church bells"), "", 43, 0.75, 5),
            0.25,
            null,
            10);

    static Iterable<String> fixtures() {
        return Reference.fixtures();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void latentsAreThoseOfDiffusers(String fixture) {
        compareLatents(fixture, Reference.folder(fixture).resolve("model"), "default");
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void andWithTheOtherScheduler(String fixture, @TempDir Path folder) throws IOException {
        Path model = ModelCopies.copy(fixture, folder.resolve("model"));
        Files.copy(
                Reference.folder(fixture).resolve("other_scheduler/scheduler_config.json"),
                model.resolve("scheduler/scheduler_config.json"),
                StandardCopyOption.REPLACE_EXISTING);
        compareLatents(fixture, model, "other");
    }

    private static void compareLatents(String fixture, Path model, String scheduler) {
        Reference reference = Reference.of(fixture);
        try (DiffusionPipeline pipeline = DiffusionPipeline.load(model, "cpu", 1)) {
            String what = fixture + ", " + scheduler + " scheduler, ";
            assertClose(
                    what + "text2image",
                    pipeline.latents(PictureRequest.of(REQUEST, null)),
                    reference.item(scheduler + ".text2image", -1),
                    BOUND);
            assertClose(
                    what + "image2image",
                    pipeline.latents(PictureRequest.of(REQUEST, Images.of(reference, "vae.pixels"))),
                    reference.item(scheduler + ".image2image", -1),
                    BOUND);
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void pictureIsThatOfDiffusers(String fixture) {
        Reference reference = Reference.of(fixture);
        try (DiffusionPipeline pipeline =
                DiffusionPipeline.load(Reference.folder(fixture).resolve("model"), "cpu", 1)) {
            BufferedImage picture = pipeline.generate(REQUEST, Images.of(reference, "vae.pixels"), StepListener.NONE);
            BufferedImage expected = Images.of(reference, "default.picture");
            // A value that lies between two shades may round to either.
            assertThat(Images.largestDifference(picture, expected)).isLessThanOrEqualTo(1);
        }
    }
}
