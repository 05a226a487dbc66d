package org.riffloom.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.riffloom.checkpoint.CheckpointException;
import org.riffloom.checkpoint.SafetensorsFile;
import org.riffloom.checkpoint.SafetensorsWriter;
import org.riffloom.checkpoint.TensorEntry;
import org.riffloom.checkpoint.TensorType;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.RiffPoint;
import org.riffloom.prompt.SchedulerName;

class DiffusionPipelineTests {

    private static final RiffPoint PIANO = new RiffPoint(new Prompt("jazz piano"), "", 1, 0.75, 4);
    private static final RiffPoint BELLS = new RiffPoint(new Prompt("church bells"), "drums", 2, 0.5, 6);

    private static DiffusionPipeline pipeline;
    private static BufferedImage seedImage;

    @BeforeAll
    static void load() {
        pipeline = DiffusionPipeline.load(Reference.folder("epsilon").resolve("model"), "cpu", 1);
        seedImage = Images.of(Reference.of("epsilon"), "vae.pixels");
    }

    @AfterAll
    static void close() {
        pipeline.close();
    }

    private static byte[] picture(Interpolation request, BufferedImage seed) {
        return Pixels.bytes(pipeline.generate(request, seed, StepListener.NONE));
    }

    @Test
    void sameRequestMakesTheSamePicture() {
        Interpolation request = new Interpolation(PIANO, BELLS, 0.3, "id", 4);
        byte[] first = picture(request, seedImage);
        picture(Interpolation.at(BELLS, null, 3), null);
        assertThat(picture(request, seedImage)).isEqualTo(first);
    }

    @Test
    void eachSeedTintsWhatGrowsFromASeedImageAndNothingElse(@TempDir Path folder) throws IOException {
        Path model = ModelCopies.copy("epsilon", folder.resolve("model"));
        Files.writeString(model.resolve("riffloom.json"), """
                {"spectralVariation": [[[1, 1], [0, 0], [0, 0], [0, 0]]]}""");
        // Of eight steps at a fifth the last one is taken, where little noise is left and the network changes little.
        List<PictureRequest> fromImage = new ArrayList<>();
        for (int seed = 0; seed < 4; seed++) {
            RiffPoint point = new RiffPoint(new Prompt("jazz piano"), "", seed, 0.2, 1);
            fromImage.add(PictureRequest.of(Interpolation.at(point, "id", 8), seedImage));
        }
        PictureRequest fromNoise = PictureRequest.of(Interpolation.at(PIANO, null, 2), null);
        try (DiffusionPipeline tinted = DiffusionPipeline.load(model, "cpu", 1)) {
            assertThat(tinted.latents(fromNoise)).isEqualTo(pipeline.latents(fromNoise));
            for (PictureRequest request : fromImage) {
                float[] plain = pipeline.latents(request);
                float[] made = tinted.latents(request);
                float weight = Noise.normal(request.recipe().start().seed(), 1 << 30, 1)[0];
                assertThat(mean(made, 0) - mean(plain, 0)).isCloseTo(0.9 * weight, within(0.25));
                assertThat(mean(made, 2) - mean(plain, 2)).isBetween(-0.3, 0.3);
            }
        }
    }

    /** Over one of four channels. */
    private static double mean(float[] latents, int channel) {
        int size = latents.length / 4;
        double sum = 0;
        for (int i = channel * size; i < (channel + 1) * size; i++) {
            sum += latents[i];
        }
        return sum / size;
    }

    @Test
    void interpolationBeginsAndEndsAtItsPoints() {
        assertThat(picture(new Interpolation(PIANO, BELLS, 0, null, 4), null))
                .isEqualTo(picture(Interpolation.at(PIANO, null, 4), null));
        BufferedImage end = pipeline.generate(new Interpolation(PIANO, BELLS, 1, null, 4), null, StepListener.NONE);
        BufferedImage bells = pipeline.generate(Interpolation.at(BELLS, null, 4), null, StepListener.NONE);
        assertThat(Images.largestDifference(end, bells)).isLessThanOrEqualTo(1);
    }

    @Test
    void aMixOfTwoIsAPlaceOnTheWayBetweenThem() {
        RiffPoint other = new RiffPoint(BELLS.prompt(), "", 1, 0.75, 4);
        RiffPoint mix = new RiffPoint(PIANO.prompt().between(BELLS.prompt(), 0.25), "", 1, 0.75, 4);
        byte[] mixed = picture(Interpolation.at(mix, null, 4), null);
        assertThat(mixed).isEqualTo(picture(new Interpolation(PIANO, other, 0.25, null, 4), null));
        assertThat(mixed).isNotEqualTo(picture(Interpolation.at(PIANO, null, 4), null));
    }

    @Test
    void everyPartOfARequestMatters() {
        byte[] base = picture(Interpolation.at(PIANO, null, 4), null);
        RiffPoint otherSeed = new RiffPoint(PIANO.prompt(), "", 5, 0.75, 4);
        RiffPoint otherGuidance = new RiffPoint(PIANO.prompt(), "", 1, 0.75, 9);
        RiffPoint noGuidance = new RiffPoint(PIANO.prompt(), "", 1, 0.75, 1);
        RiffPoint negative = new RiffPoint(PIANO.prompt(), "drums", 1, 0.75, 4);
        RiffPoint otherPrompt = new RiffPoint(BELLS.prompt(), "", 1, 0.75, 4);
        for (RiffPoint point : List.of(otherSeed, otherGuidance, noGuidance, negative, otherPrompt)) {
            assertThat(picture(Interpolation.at(point, null, 4), null))
                    .as(point.toString())
                    .isNotEqualTo(base);
        }
        assertThat(picture(Interpolation.at(PIANO, "id", 4), seedImage)).isNotEqualTo(base);
    }

    @Test
    void denoisingMattersWithASeedImage() {
        byte[] weak = picture(Interpolation.at(new RiffPoint(PIANO.prompt(), "", 1, 0.1, 1), "id", 20), seedImage);
        byte[] strong = picture(Interpolation.at(new RiffPoint(PIANO.prompt(), "", 1, 0.9, 1), "id", 20), seedImage);
        assertThat(weak).isNotEqualTo(strong);
    }

    @ParameterizedTest
    @CsvSource({"10, 0.75, 7", "10, 1, 9", "4, 0.01, 1"})
    void listenerHearsEveryStepOnce(int steps, double denoising, int expected) {
        List<String> heard = new ArrayList<>();
        RiffPoint point = new RiffPoint(new Prompt("jazz"), "", 1, denoising, 4);
        pipeline.generate(Interpolation.at(point, "id", steps), seedImage, (step, of) -> heard.add(step + "/" + of));
        assertThat(heard).hasSize(expected).first().isEqualTo("1/" + expected);
        assertThat(heard).last().isEqualTo(expected + "/" + expected);
    }

    @Test
    void cancellingBetweenStepsLeavesThePipelineUsable() {
        Interpolation request = Interpolation.at(PIANO, null, 6);
        byte[] before = picture(request, null);
        List<Integer> heard = new ArrayList<>();
        assertThatThrownBy(() -> pipeline.generate(request, null, (step, steps) -> {
                    heard.add(step);
                    if (step == 2) {
                        throw new CancellationException("enough");
                    }
                }))
                .isInstanceOf(CancellationException.class);
        assertThat(heard).containsExactly(1, 2);
        assertThat(picture(request, null)).isEqualTo(before);
    }

    @Test
    void manyTextsAndImagesPassThroughTheCaches() {
        byte[] first = picture(Interpolation.at(PIANO, "id", 2), seedImage);
        for (int i = 0; i < 80; i++) {
            RiffPoint point = new RiffPoint(new Prompt("jazz " + i), "not " + i, i, 0.5, 3);
            BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
            image.setRGB(i % 32, 0, 0xFFFFFF);
            picture(new Interpolation(point, PIANO, 0.5, "id", 1), image);
        }
        assertThat(picture(Interpolation.at(PIANO, "id", 2), seedImage)).isEqualTo(first);
    }

    @Test
    void seedImageGivesThePictureItsSize() {
        BufferedImage wide = new BufferedImage(64, 32, BufferedImage.TYPE_INT_RGB);
        BufferedImage picture = pipeline.generate(Interpolation.at(PIANO, "id", 2), wide, StepListener.NONE);
        assertThat(picture.getWidth()).isEqualTo(64);
        assertThat(picture.getHeight()).isEqualTo(32);
    }

    @Test
    void seedImageOfOddSidesIsRefused() {
        BufferedImage odd = new BufferedImage(36, 32, BufferedImage.TYPE_INT_RGB);
        assertThatThrownBy(() -> picture(Interpolation.at(PIANO, "id", 2), odd))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("36×32")
                .hasMessageContaining("multiples of 8");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1001})
    void stepsOutsideTheSchedulesRangeAreRefused(int steps) {
        assertThatThrownBy(() -> picture(Interpolation.at(PIANO, null, steps), null))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(String.valueOf(steps));
    }

    @Test
    void everySchedulerMakesAPictureOfItsOwnThatBeginsAtItsPoint() {
        Map<SchedulerName, byte[]> pictures = new EnumMap<>(SchedulerName.class);
        for (SchedulerName scheduler : SchedulerName.values()) {
            byte[] picture = picture(new Interpolation(PIANO, BELLS, 0, "id", 6, null, scheduler), seedImage);
            assertThat(picture(new Interpolation(PIANO, PIANO, 0, "id", 6, null, scheduler), seedImage))
                    .as(scheduler.toString())
                    .isEqualTo(picture);
            pictures.forEach((other, different) ->
                    assertThat(picture).as(scheduler + ", " + other).isNotEqualTo(different));
            pictures.put(scheduler, picture);
        }
    }

    @Test
    void freshNoiseComesFromTheSeedsToo() {
        RiffPoint otherSeed = new RiffPoint(PIANO.prompt(), "", 5, 0.75, 4);
        SchedulerName ancestral = SchedulerName.EULER_ANCESTRAL;
        byte[] half = picture(new Interpolation(PIANO, otherSeed, 0.5, null, 4, null, ancestral), null);
        assertThat(picture(new Interpolation(PIANO, otherSeed, 0.5, null, 4, null, ancestral), null))
                .isEqualTo(half);
        assertThat(picture(new Interpolation(PIANO, PIANO, 0.5, null, 4, null, ancestral), null))
                .isNotEqualTo(half);
    }

    @Test
    void schedulerThatDoesNotGoWithTheModelIsRefused(@TempDir Path folder) throws IOException {
        Path model = ModelCopies.copy("epsilon", folder.resolve("model"));
        Path config = model.resolve("scheduler/scheduler_config.json");
        Files.writeString(config, Files.readString(config).replace("\"epsilon\"", "\"sample\""));
        try (DiffusionPipeline other = DiffusionPipeline.load(model, "cpu", 1)) {
            Interpolation request = new Interpolation(PIANO, PIANO, 0, null, 2, null, SchedulerName.PNDM);
            assertThatThrownBy(() -> other.generate(request, null, StepListener.NONE))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("pndm")
                    .hasMessageContaining("sample");
        }
    }

    @Test
    void namedSchedulerTakesThePlaceOfOneThatIsNotWrittenHere(@TempDir Path folder) throws IOException {
        Path model = ModelCopies.copy("epsilon", folder.resolve("model"));
        Path config = model.resolve("scheduler/scheduler_config.json");
        Files.writeString(config, Files.readString(config).replace("DDIMScheduler", "HeunDiscreteScheduler"));
        assertThatThrownBy(() -> DiffusionPipeline.load(model, "cpu", 1))
                .isInstanceOf(CheckpointException.Unsupported.class)
                .hasMessageContaining("HeunDiscreteScheduler");
        try (DiffusionPipeline other = DiffusionPipeline.load(model, "cpu", 1, SchedulerName.DDIM, AddOns.NONE, 0)) {
            assertThat(Pixels.bytes(other.generate(Interpolation.at(PIANO, null, 3), null, StepListener.NONE)))
                    .isEqualTo(picture(Interpolation.at(PIANO, null, 3), null));
        }
    }

    @Test
    void whiteMaskIsNoMaskAndABlackOneKeepsTheSeedImage() {
        BufferedImage white = new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_GRAY);
        white.createGraphics().fillRect(0, 0, 32, 32);
        BufferedImage black = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        Interpolation piano = Interpolation.at(PIANO, "id", 4);
        RiffPoint otherPrompt = new RiffPoint(BELLS.prompt(), "drums", PIANO.seed(), 0.3, 7);

        assertThat(masked(pipeline, piano, white)).isEqualTo(picture(piano, seedImage));
        byte[] kept = masked(pipeline, piano, black);
        assertThat(kept).isNotEqualTo(picture(piano, seedImage));
        assertThat(masked(pipeline, Interpolation.at(otherPrompt, "id", 7), black))
                .isEqualTo(kept);
    }

    /** Where the last timestep is noisy, as with DPM-Solver++, what is kept must not be. */
    @ParameterizedTest
    @EnumSource(SchedulerName.class)
    void keptPartIsWithoutNoiseInTheEnd(SchedulerName scheduler) {
        BufferedImage black = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        byte[] few = masked(pipeline, new Interpolation(PIANO, PIANO, 0, "id", 2, null, scheduler), black);
        byte[] many = masked(pipeline, new Interpolation(PIANO, PIANO, 0, "id", 20, null, scheduler), black);
        assertThat(few).isEqualTo(many);
    }

    @Test
    void maskOfNothingAndOfAnotherSizeAreRefused() {
        BufferedImage small = new BufferedImage(16, 32, BufferedImage.TYPE_INT_RGB);
        Interpolation request = Interpolation.at(PIANO, "id", 2);
        assertThatThrownBy(() -> new PictureRequest(request, null, small))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("seed image");
        assertThatThrownBy(() -> new PictureRequest(request, seedImage, small))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("16×32")
                .hasMessageContaining("32×32");
    }

    private static byte[] masked(DiffusionPipeline pipeline, Interpolation recipe, BufferedImage mask) {
        return Pixels.bytes(pipeline.generate(new PictureRequest(recipe, seedImage, mask), StepListener.NONE));
    }

    @Test
    void threadsTakeTurns() throws Exception {
        Interpolation request = new Interpolation(PIANO, BELLS, 0.5, null, 3);
        byte[] expected = picture(request, null);
        List<byte[]> pictures = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Thread thread = new Thread(() -> pictures.add(picture(request, null)));
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(pictures)
                .hasSize(3)
                .allSatisfy(picture -> assertThat(picture).isEqualTo(expected));
    }

    @Test
    void closedPipelineSaysSo() {
        DiffusionPipeline other =
                DiffusionPipeline.load(Reference.folder("velocity").resolve("model"), "cpu", 1);
        assertThat(other.imageSize()).isEqualTo(64);
        assertThat(other.device()).isEqualTo("cpu");
        other.close();
        other.close();
        assertThatThrownBy(() -> other.generate(Interpolation.at(PIANO, null, 1), null, StepListener.NONE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpu", "cuda:999", "CPU", ""})
    void unknownDeviceIsRefusedByName(String device) {
        assertThatThrownBy(
                        () -> DiffusionPipeline.load(Reference.folder("epsilon").resolve("model"), device, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + device + "\"")
                .hasMessageContaining("riffloom.device");
    }

    /** The first sixteen bits of a float32 are a bfloat16. */
    @Test
    void bfloat16WeightsAreRead(@TempDir Path folder) {
        byte[][] pictures = new byte[2][];
        for (int i = 0; i < 2; i++) {
            Path model = ModelCopies.copy("epsilon", folder.resolve("model" + i));
            Path file = model.resolve("unet/diffusion_pytorch_model.safetensors");
            SafetensorsFile whole = SafetensorsFile.open(file);
            SafetensorsWriter writer = new SafetensorsWriter();
            for (TensorEntry entry : whole.tensors().values()) {
                ByteBuffer from = whole.map(entry.name());
                int size = i == 0 ? 2 : 4;
                ByteBuffer to = ByteBuffer.allocate(from.remaining() / 4 * size).order(ByteOrder.LITTLE_ENDIAN);
                while (from.hasRemaining()) {
                    int high = from.getInt() >>> 16;
                    if (size == 2) {
                        to.putShort((short) high);
                    } else {
                        to.putInt(high << 16);
                    }
                }
                writer.add(entry.name(), i == 0 ? TensorType.BF16 : TensorType.F32, entry.shape(), to.array());
            }
            writer.write(file);
            try (DiffusionPipeline truncated = DiffusionPipeline.load(model, "cpu", 1)) {
                pictures[i] =
                        Pixels.bytes(truncated.generate(Interpolation.at(PIANO, null, 3), null, StepListener.NONE));
            }
        }
        assertThat(pictures[0]).isEqualTo(pictures[1]);
    }
}
