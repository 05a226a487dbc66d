package org.riffloom.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.riffloom.diffusion.Reference.assertClose;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.riffloom.checkpoint.ModelFolder;
import org.riffloom.checkpoint.SafetensorsWriter;
import org.riffloom.checkpoint.TensorType;
import org.riffloom.prompt.LoraWeights;

/**
 * Each network with Stable Diffusion 1.5's own shapes, in single precision on the processor, against transformers and
 * diffusers: see {@code models/reference/full_shapes.py}. What is wrong only where tensors are large shows here.
 */
@EnabledIf(value = "usable", disabledReason = FullShapesParityTests.HOW_TO_ENABLE)
class FullShapesParityTests {

    static final String HOW_TO_ENABLE = "Makes 4 GB: run models/reference/full_shapes.py FOLDER (see the README there),"
            + " and name the folder in the environment as RIFFLOOM_FULL_SHAPES.";

    private static final double BOUND = 1e-4;

    /** The same sums in another order. */
    private static final double ROUNDING = 1e-5;

    private final Path folder = folder();

    /** Whether to run the tests: with the checkpoint, or where a missing one must fail them. */
    static boolean usable() {
        return System.getenv("RIFFLOOM_FULL_SHAPES") != null
                || Boolean.parseBoolean(System.getenv("RIFFLOOM_TESTS_NO_SKIP"));
    }

    private static Path folder() {
        String named = System.getenv("RIFFLOOM_FULL_SHAPES");
        assertThat(named).as(HOW_TO_ENABLE).isNotNull();
        Path folder = Path.of(named);
        assertThat(Files.exists(folder.resolve(Reference.FIGURES)))
                .as(HOW_TO_ENABLE)
                .isTrue();
        return folder;
    }

    @Test
    void textEncoder() {
        Reference reference = Reference.in(folder);
        ModelFolder model = ModelFolder.open(folder);
        try (ClipTokenizer tokenizer = ClipTokenizer.load(model.tokenizer(), 77);
                TextEncoder encoder = TextEncoder.load(model, cpu());
                NDManager manager = NDManager.newBaseManager()) {
            NDArray start = encoder.encode(manager, List.of(tokenizer.window(tokenizer.words("jazz piano"), 0)));
            assertClose("full shapes, text encoder", start.toFloatArray(), reference.floats("text.start"), BOUND);
        }
    }

    @Test
    void unetForTwoTextsAtOnce() {
        Reference reference = Reference.in(folder);
        try (UNet unet = UNet.load(ModelFolder.open(folder), cpu());
                NDManager manager = NDManager.newBaseManager()) {
            NDArray context = NDArrays.concat(
                    new NDList(array(manager, reference, "text.negative"), array(manager, reference, "text.start")));
            NDArray prediction = unet.predict(array(manager, reference, "unet.sample"), 500, context);
            assertClose("full shapes, UNet", prediction.toFloatArray(), reference.floats("unet.500"), BOUND);
        }
    }

    @Test
    void convolutionsAreTheSameInEitherLayoutOfTheirWeights(@TempDir Path temporary) {
        ModelFolder model = ModelFolder.open(folder);
        String target = "lora_unet_mid_block_resnets_0_conv1";
        Path lora = new SafetensorsWriter()
                .add(target + ".lora_down.weight", TensorType.F32, List.of(2L, 1280L, 3L, 3L), noise(2 * 1280 * 9, 1))
                .add(target + ".lora_up.weight", TensorType.F32, List.of(1280L, 2L, 1L, 1L), noise(1280 * 2, 2))
                .write(temporary.resolve("large.safetensors"));
        List<WornLora> worn =
                Loras.open(List.of(new LoraFile("large", lora, 0)), model).of(new LoraWeights(Map.of("large", 0.01)));
        try (UNet unet = UNet.load(model, cpu());
                NDManager manager = NDManager.newBaseManager()) {
            NDArray sample = floats(manager, noise(4 * 32 * 32, 3), 1, 4, 32, 32);
            NDArray context = floats(manager, noise(77 * 768, 4), 1, 77, 768);
            float[] bare = unet.predict(sample, 500, context).toFloatArray();
            unet.wear(worn);
            float[] dressed = unet.predict(sample, 500, context).toFloatArray();
            assertThat(Arrays.equals(dressed, bare)).as("the LoRA counts").isFalse();

            // Weights whose LoRA is put on before and taken off after they change their layout, and the other way
            // round.
            unet.pack();
            float[] packed = unet.predict(sample, 500, context).toFloatArray();
            assertClose("full shapes, packed under a LoRA", packed, dressed, ROUNDING);
            unet.wear(List.of());
            assertClose(
                    "full shapes, packed", unet.predict(sample, 500, context).toFloatArray(), bare, ROUNDING);
            unet.wear(worn);
            assertThat(Arrays.equals(unet.predict(sample, 500, context).toFloatArray(), packed))
                    .as("the same bits with the LoRA on again")
                    .isTrue();
        }
    }

    @Test
    void autoencoder() {
        Reference reference = Reference.in(folder);
        try (Vae vae = Vae.load(ModelFolder.open(folder), cpu());
                NDManager manager = NDManager.newBaseManager()) {
            Vae.Posterior posterior = vae.encode(manager, Images.of(reference, "vae.pixels"));
            assertClose("full shapes, VAE mean", posterior.mean().toFloatArray(), reference.floats("vae.mean"), BOUND);
            assertClose(
                    "full shapes, VAE log variance",
                    posterior.deviation().log().mul(2).toFloatArray(),
                    reference.floats("vae.logvar"),
                    BOUND);
            assertClose(
                    "full shapes, VAE decoder",
                    vae.decodeRaw(array(manager, reference, "vae.latents")).toFloatArray(),
                    reference.floats("vae.decoded"),
                    BOUND);
        }
    }

    private static Placement cpu() {
        return Placement.of("cpu", TorchRuntime.start(1));
    }

    private static byte[] noise(int count, long seed) {
        Random random = new Random(seed);
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            bytes.putFloat((float) random.nextGaussian());
        }
        return bytes.array();
    }

    private static NDArray floats(NDManager manager, byte[] bytes, long... shape) {
        float[] numbers = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(numbers);
        return manager.create(numbers, new Shape(shape));
    }

    private static NDArray array(NDManager manager, Reference reference, String name) {
        return manager.create(reference.floats(name), new Shape(reference.shape(name)));
    }
}
