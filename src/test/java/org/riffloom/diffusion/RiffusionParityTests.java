package org.riffloom.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.riffloom.diffusion.Reference.assertClose;

import ai.djl.ndarray.NDManager;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.riffloom.checkpoint.ModelFolder;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.PromptMix;
import org.riffloom.prompt.RiffPoint;
import org.riffloom.prompt.SchedulerName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Riffusion's requests against {@code models/reference/riffusion.py}, on the tiny checkpoint. */
class RiffusionParityTests {

    private static final double BOUND = 1e-5;

    private static Reference reference;
    private static ModelFolder model;
    private static Conditioning conditioning;
    private static NDManager manager;

    @BeforeAll
    static void load() {
        reference = Reference.of("riffusion");
        model = ModelFolder.open(Reference.folder("epsilon").resolve("model"));
        conditioning = Conditioning.load(model, Placement.of("cpu", TorchRuntime.start(1)), List.of());
        manager = NDManager.newBaseManager();
    }

    @AfterAll
    static void close() {
        manager.close();
        conditioning.close();
    }

    static Iterable<Map.Entry<String, JsonNode>> texts() throws IOException {
        String json = Files.readString(Reference.folder("riffusion").resolve("texts.json"));
        return JsonMapper.builder().build().readTree(json).properties();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void weightsAndWindows(Map.Entry<String, JsonNode> text) {
        RiffPoint point = new RiffPoint(new Prompt(text.getValue().stringValue()), "", 1, 1, 1);

        assertClose(
                "embedding of " + text.getKey(),
                conditioning.of(manager, Interpolation.at(point, null, 1)).toFloatArray(),
                reference.floats("text." + text.getKey()),
                BOUND);
    }

    @Test
    void textsOfARequestGetAsManyWindowsAsTheLongest() throws IOException {
        String text = texts().iterator().next().getValue().stringValue();
        String longer = "";
        for (Map.Entry<String, JsonNode> other : texts()) {
            longer = other.getKey().equals("long") ? other.getValue().stringValue() : longer;
        }
        RiffPoint start = new RiffPoint(new Prompt(text), "", 1, 1, 1);
        RiffPoint end = new RiffPoint(new Prompt(longer), "", 1, 1, 1);

        assertClose(
                "embedding of a short text beside a long one",
                conditioning
                        .of(manager, new Interpolation(start, end, 0, null, 1))
                        .toFloatArray(),
                reference.floats("text.plain.padded"),
                BOUND);
        assertThat(text).isEqualTo("jazz piano");
    }

    /** The sum is taken here, of the figures of prompts alone, among them one of more windows than the others. */
    @Test
    void aMixIsTheWeightedSumOfItsPrompts() {
        List<Prompt> prompts = Stream.of("jazz piano", "(church:1.3) bells", "drums and bass ".repeat(30), "rain")
                .map(Prompt::new)
                .toList();
        double[] weights = {0.4, 0.3, 0.2, 0.1};
        List<PromptMix.Part> parts = new ArrayList<>();
        double[] sum = null;
        for (int i = 0; i < weights.length; i++) {
            parts.add(new PromptMix.Part(prompts.get(i), weights[i]));
            // Beside the long one each has as many windows.
            float[] alone = conditioning
                    .of(manager, new Interpolation(point(prompts.get(i)), point(prompts.get(2)), 0, null, 1))
                    .toFloatArray();
            sum = sum == null ? new double[alone.length] : sum;
            for (int k = 0; k < alone.length; k++) {
                sum[k] += weights[i] * alone[k];
            }
        }
        RiffPoint mix = new RiffPoint(new PromptMix(parts), "", 1, 1, 1);
        float[] expected = new float[sum.length];
        for (int k = 0; k < expected.length; k++) {
            expected[k] = (float) sum[k];
        }
        assertClose(
                "embedding of a mix",
                conditioning.of(manager, Interpolation.at(mix, null, 1)).toFloatArray(),
                expected,
                BOUND);
    }

    private static RiffPoint point(Prompt prompt) {
        return new RiffPoint(prompt, "", 1, 1, 1);
    }

    @ParameterizedTest
    @CsvSource({"ddim,", "ddim, DDIM", "pndm, PNDM"})
    void wholeRequest(String figure, SchedulerName scheduler) {
        Interpolation recipe = new Interpolation(
                new RiffPoint(new Prompt("(jazz:1.3) piano, [drums]"), "bass", 42, 0.75, 7),
                new RiffPoint(new Prompt("slow ((church)) bells"), "techno (synth:0.7)", 43, 0.85, 5),
                0.4,
                "seed",
                12,
                "mask",
                scheduler);
        BufferedImage seedImage = Images.of(Reference.of("epsilon"), "vae.pixels");
        BufferedImage maskImage = Images.of(reference, "mask");
        try (DiffusionPipeline pipeline = DiffusionPipeline.load(model.path(), "cpu", 1)) {
            assertClose(
                    "whole request with " + figure,
                    pipeline.latents(new PictureRequest(recipe, seedImage, maskImage)),
                    reference.floats("latents." + figure),
                    BOUND);
        }
    }
}
