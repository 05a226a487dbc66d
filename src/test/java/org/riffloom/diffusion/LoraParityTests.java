package org.riffloom.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.riffloom.diffusion.Reference.assertClose;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.riffloom.checkpoint.CheckpointException;
import org.riffloom.checkpoint.ModelFolder;
import org.riffloom.checkpoint.TextualInversion;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.prompt.LoraWeights;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.RiffPoint;
import org.riffloom.prompt.SchedulerName;

/** LoRAs and learned words against {@code models/reference/loras.py}, on the tiny checkpoint. */
class LoraParityTests {

    private static final double BOUND = 1e-5;

    /** Noise of a scale that four steps through a random network amplify. */
    private static final double WHOLE_BOUND = 1e-4;

    private static final LoraWeights NONE = new LoraWeights(Map.of());

    private static Reference reference;
    private static ModelFolder model;

    @BeforeAll
    static void load() {
        TorchRuntime.start(1);
        reference = Reference.of("lora");
        model = ModelFolder.open(Reference.folder("epsilon").resolve("model"));
    }

    private static LoraFile file(String id, double weight) {
        return new LoraFile(id, Reference.folder("lora").resolve(id + ".safetensors"), weight);
    }

    private static AddOns loras(double weight) {
        return new AddOns(List.of(file("peft", weight), file("kohya", weight), file("old", weight)), List.of());
    }

    private static Interpolation recipe(SchedulerName scheduler, int steps, double guidance, LoraWeights loras) {
        RiffPoint point = new RiffPoint(new Prompt("jazz piano"), "drums", 5, 1, guidance);
        return new Interpolation(point, point, 0, null, steps, null, scheduler, loras);
    }

    private static float[] latents(DiffusionPipeline pipeline, LoraWeights loras) {
        return pipeline.latents(PictureRequest.of(recipe(SchedulerName.DDIM, 2, 3, loras), null));
    }

    @ParameterizedTest
    @CsvSource({"peft,1,0,0", "kohya,0,1,0", "old,0,0,1", "weighted,0,-0.6,0", "both,0.7,0.4,0"})
    void networksAreThoseOfDiffusers(String figure, double peft, double kohya, double old) {
        Loras loras = Loras.open(loras(0).loras(), model);
        List<WornLora> worn = loras.of(new LoraWeights(Map.of("peft", peft, "kohya", kohya, "old", old)));
        Placement cpu = new Placement(Device.cpu(), false);
        try (Conditioning conditioning = Conditioning.load(model, cpu, List.of());
                UNet unet = UNet.load(model, cpu);
                NDManager manager = NDManager.newBaseManager()) {
            Interpolation request = recipe(SchedulerName.DDIM, 1, 1, NONE);
            NDArray sample = manager.create(reference.floats("sample"), new Shape(reference.shape("sample")));
            NDArray before = conditioning.of(manager, request);
            float[] plain = unet.predict(sample, 500, before).toFloatArray();

            conditioning.wear(worn);
            unet.wear(worn);
            NDArray text = conditioning.of(manager, request);
            assertClose(figure + ", text", text.toFloatArray(), reference.floats(figure + ".text"), BOUND);
            assertClose(
                    figure + ", UNet",
                    unet.predict(sample, 500, text).toFloatArray(),
                    reference.floats(figure + ".unet"),
                    BOUND);

            conditioning.wear(List.of());
            unet.wear(List.of());
            assertThat(conditioning.of(manager, request).toFloatArray()).isEqualTo(before.toFloatArray());
            assertThat(unet.predict(sample, 500, before).toFloatArray()).isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingOfALoraIsLeftBehind(boolean half) {
        Placement placement = new Placement(Device.cpu(), half);
        try (DiffusionPipeline bare = DiffusionPipeline.load(model, placement, AddOns.NONE, 0);
                DiffusionPipeline pipeline = DiffusionPipeline.load(model, placement, loras(0), 0)) {
            float[] expected = latents(bare, NONE);
            LoraWeights peft = new LoraWeights(Map.of("peft", 1.0));
            float[] styled = latents(pipeline, peft);
            assertThat(styled).isNotEqualTo(expected);
            assertThat(latents(pipeline, NONE)).isEqualTo(expected);
            float[] both = latents(pipeline, new LoraWeights(Map.of("kohya", 0.4, "peft", 0.7)));
            assertThat(both).isNotEqualTo(styled);
            assertThat(latents(pipeline, new LoraWeights(Map.of("old", -1.0)))).isNotEqualTo(expected);
            assertThat(latents(pipeline, peft)).isEqualTo(styled);
            assertThat(latents(pipeline, NONE)).isEqualTo(expected);
        }
    }

    @Test
    void requestThatNamesNoLorasGetsThoseOfTheSettings() {
        Placement placement = new Placement(Device.cpu(), false);
        AddOns addOns = new AddOns(List.of(file("peft", 0.7), file("kohya", 0)), List.of());
        try (DiffusionPipeline pipeline = DiffusionPipeline.load(model, placement, addOns, 0)) {
            assertThat(pipeline.loras().byId()).isEqualTo(Map.of("peft", 0.7, "kohya", 0.0));
            Interpolation silent =
                    Interpolation.at(recipe(SchedulerName.DDIM, 2, 3, NONE).start(), null, 2);
            float[] usual = pipeline.latents(PictureRequest.of(silent, null));
            assertThat(usual).isEqualTo(latents(pipeline, new LoraWeights(Map.of("peft", 0.7))));
            assertThat(usual).isNotEqualTo(latents(pipeline, NONE));
        }
    }

    @Test
    void unknownLoraIsRefusedByName() {
        try (DiffusionPipeline pipeline =
                DiffusionPipeline.load(model, new Placement(Device.cpu(), false), loras(0), 0)) {
            assertThatThrownBy(() -> latents(pipeline, new LoraWeights(Map.of("pefd", 1.0))))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("pefd")
                    .hasMessageContaining("[peft, kohya, old]");
        }
    }

    @Test
    void loraOfAnotherModelEndsLoading() {
        ModelFolder other = ModelFolder.open(Reference.folder("velocity").resolve("model"));
        assertThatThrownBy(() -> DiffusionPipeline.load(other, new Placement(Device.cpu(), false), loras(1), 0))
                .isInstanceOf(CheckpointException.TensorMismatch.class)
                .hasMessageContaining("peft.safetensors");
        AddOns twice = new AddOns(List.of(file("peft", 1), file("peft", 0)), List.of());
        assertThatThrownBy(() -> DiffusionPipeline.load(model, new Placement(Device.cpu(), false), twice, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"peft\"");
    }

    @ParameterizedTest
    @CsvSource({"lcm.unguided, 1", "lcm.guided, 1.8"})
    void fourStepsOfLatentConsistency(String figure, double guidance) {
        Interpolation recipe = recipe(SchedulerName.LCM, 4, guidance, new LoraWeights(Map.of("kohya", 1.0)));
        try (DiffusionPipeline pipeline =
                DiffusionPipeline.load(model, new Placement(Device.cpu(), false), loras(0), 0)) {
            assertClose(
                    figure, pipeline.latents(PictureRequest.of(recipe, null)), reference.floats(figure), WHOLE_BOUND);
        }
    }

    @ParameterizedTest
    @CsvSource({"bell-tower.safetensors, choir.safetensors", "bell-tower.pt, choir.bin"})
    void learnedWordsStandForTheirTokens(String several, String one) {
        Path folder = Reference.folder("lora");
        List<TextualInversion> words = List.of(
                TextualInversion.open(folder.resolve(several), "", model),
                TextualInversion.open(folder.resolve(one), "", model));
        try (Conditioning conditioning = Conditioning.load(model, new Placement(Device.cpu(), false), words);
                NDManager manager = NDManager.newBaseManager()) {
            assertClose(
                    "learned words",
                    text(conditioning, manager, "slow bell-tower, jazz <choir>s"),
                    reference.floats("inversion"),
                    BOUND);
            assertThat(text(conditioning, manager, "slow Bell-Tower, jazz <CHOIR>s"))
                    .isEqualTo(text(conditioning, manager, "slow bell-tower, jazz <choir>s"));
            assertThat(text(conditioning, manager, "slow (bell-tower:1.5), jazz <choir>s"))
                    .isNotEqualTo(text(conditioning, manager, "slow bell-tower, jazz <choir>s"));
        }
        assertThatThrownBy(() -> new LearnedWords(List.of(words.get(0), words.get(0)), 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bell-tower");
    }

    private static float[] text(Conditioning conditioning, NDManager manager, String prompt) {
        RiffPoint point = new RiffPoint(new Prompt(prompt), "", 1, 1, 1);
        return conditioning.of(manager, Interpolation.at(point, null, 1)).toFloatArray();
    }
}
