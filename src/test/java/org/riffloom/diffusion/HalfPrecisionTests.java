package org.riffloom.diffusion;

import static org.riffloom.diffusion.Reference.assertClose;

import ai.djl.Device;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.riffloom.checkpoint.ModelFolder;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.RiffPoint;

/**
 * The precision that GPUs run in, on the processor, where it is slow and otherwise unused: a tensor left in the wrong
 * type would fail here and not first on a GPU.
 */
class HalfPrecisionTests {

    static Iterable<String> fixtures() {
        return Reference.fixtures();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void staysNearTheReference(String fixture) {
        TorchRuntime.start(1);
        Reference reference = Reference.of(fixture);
        ModelFolder model = ModelFolder.open(Reference.folder(fixture).resolve("model"));
        Interpolation request = new Interpolation(
                new RiffPoint(new Prompt("jazz piano"), "", 42, 0.75, 5),
                new RiffPoint(new Prompt("church bells"), "", 43, 0.75, 5),
                0.25,
                null,
                10);
        try (DiffusionPipeline pipeline =
                DiffusionPipeline.load(model, new Placement(Device.cpu(), true), AddOns.NONE, 0)) {
            assertClose(
                    fixture + " in half precision",
                    pipeline.latents(PictureRequest.of(request, Images.of(reference, "vae.pixels"))),
                    reference.item("default.image2image", -1),
                    2e-2);
        }
    }
}
