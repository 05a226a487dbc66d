package org.riffloom.diffusion;

import static org.riffloom.diffusion.Reference.assertClose;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.riffloom.checkpoint.ModelFolder;

/** Each network on its own against transformers and diffusers. */
class NetworkParityTests {

    private static final double BOUND = 1e-5;
    private static final Placement CPU = Placement.of("cpu", TorchRuntime.start(1));

    static Iterable<String> fixtures() {
        return Reference.fixtures();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void textEncoder(String fixture) {
        Reference reference = Reference.of(fixture);
        ModelFolder model = model(fixture);
        try (ClipTokenizer tokenizer = ClipTokenizer.load(model.tokenizer(), 77);
                TextEncoder encoder = TextEncoder.load(model, CPU);
                NDManager manager = NDManager.newBaseManager()) {
            NDArray start = encoder.encode(manager, List.of(tokenizer.window(tokenizer.words("jazz piano"), 0)));
            assertClose(fixture + " text encoder", start.toFloatArray(), reference.floats("text.start"), BOUND);
            NDArray empty = encoder.encode(manager, List.of(tokenizer.window(tokenizer.words(""), 0)));
            assertClose(
                    fixture + " text encoder, no words",
                    empty.toFloatArray(),
                    reference.floats("text.negative"),
                    BOUND);
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void unetAtSeveralTimesteps(String fixture) {
        Reference reference = Reference.of(fixture);
        try (UNet unet = UNet.load(model(fixture), CPU);
                NDManager manager = NDManager.newBaseManager()) {
            NDArray sample = array(manager, reference, "unet.sample");
            NDArray context = NDArrays.concat(
                    new NDList(array(manager, reference, "text.negative"), array(manager, reference, "text.start")));
            for (int timestep : new int[] {0, 1, 500, 999}) {
                assertClose(
                        fixture + " UNet at timestep " + timestep,
                        unet.predict(sample, timestep, context).toFloatArray(),
                        reference.floats("unet." + timestep),
                        BOUND);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void autoencoder(String fixture) {
        Reference reference = Reference.of(fixture);
        try (Vae vae = Vae.load(model(fixture), CPU);
                NDManager manager = NDManager.newBaseManager()) {
            Vae.Posterior posterior = vae.encode(manager, Images.of(reference, "vae.pixels"));
            assertClose(fixture + " VAE mean", posterior.mean().toFloatArray(), reference.floats("vae.mean"), BOUND);
            assertClose(
                    fixture + " VAE log variance",
                    posterior.deviation().log().mul(2).toFloatArray(),
                    reference.floats("vae.logvar"),
                    BOUND);
            long[] shape = reference.shape("noise.a");
            NDArray latents = manager.create(Noise.normal(9, 0, (int) new Shape(shape).size()), new Shape(shape));
            assertClose(
                    fixture + " VAE decoder",
                    vae.decodeRaw(latents).toFloatArray(),
                    reference.floats("vae.decoded"),
                    BOUND);
        }
    }

    private static ModelFolder model(String fixture) {
        return ModelFolder.open(Reference.folder(fixture).resolve("model"));
    }

    private static NDArray array(NDManager manager, Reference reference, String name) {
        return manager.create(reference.floats(name), new Shape(reference.shape(name)));
    }
}
