package org.riffloom.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.riffloom.diffusion.Reference.assertClose;

import ai.djl.Device;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.riffloom.checkpoint.ModelFolder;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.LoraWeights;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.RiffPoint;
import org.riffloom.prompt.SchedulerName;

/** Pictures that share passes of a real network. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class BatchingTests {

    private static final int SECONDS = 300;
    private static final double BOUND = 1e-3;
    private static final RiffPoint PIANO = new RiffPoint(new Prompt("jazz piano"), "", 1, 0.75, 4);
    private static final RiffPoint BELLS = new RiffPoint(new Prompt("church bells"), "drums", 2, 0.5, 6);
    private static final RiffPoint UNGUIDED = new RiffPoint(new Prompt("flute"), "", 3, 0.8, 1);
    /** Two windows. */
    private static final RiffPoint LONG = new RiffPoint(new Prompt("drums and bass ".repeat(30)), "", 4, 1, 3);
    /** Three windows. */
    private static final RiffPoint LONGER = new RiffPoint(new Prompt("violins and bass ".repeat(30)), "", 5, 1, 3);

    private static DiffusionPipeline pipeline;
    private static BufferedImage seedImage;
    private static BufferedImage mask;

    @BeforeAll
    static void load() {
        TorchRuntime.start(1);
        ModelFolder model = ModelFolder.open(Reference.folder("epsilon").resolve("model"));
        AddOns addOns = new AddOns(
                List.of(new LoraFile("peft", Reference.folder("lora").resolve("peft.safetensors"), 0)), List.of());
        pipeline = DiffusionPipeline.load(model, new Placement(Device.cpu(), false), addOns, 8);
        seedImage = Images.of(Reference.of("epsilon"), "vae.pixels");
        mask = new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_GRAY);
        mask.createGraphics().fillRect(0, 0, 16, 32);
    }

    @AfterAll
    static void close() {
        pipeline.close();
    }

    private static PictureRequest request(RiffPoint point, int steps, SchedulerName scheduler) {
        return PictureRequest.of(new Interpolation(point, point, 0, null, steps, null, scheduler), null);
    }

    /** Of every kind that there is: solvers, lengths of text, with and without guidance, seed image and mask. */
    private static List<PictureRequest> company() {
        List<PictureRequest> requests = new ArrayList<>();
        int steps = 3;
        for (SchedulerName scheduler : SchedulerName.values()) {
            requests.add(request(PIANO, steps++, scheduler));
        }
        requests.add(request(UNGUIDED, 7, SchedulerName.PNDM));
        requests.add(request(LONG, 5, SchedulerName.DPM_SOLVER));
        requests.add(request(LONGER, 5, SchedulerName.DDIM));
        requests.add(PictureRequest.of(new Interpolation(PIANO, BELLS, 0.3, "id", 6), seedImage));
        requests.add(new PictureRequest(
                new Interpolation(BELLS, BELLS, 0, "id", 8, "mask", SchedulerName.EULER_ANCESTRAL), seedImage, mask));
        return requests;
    }

    private static void assertUnchanged(float[] together, float[] alone) {
        assertClose("in company", together, alone, BOUND);
    }

    private static List<float[]> together(List<PictureRequest> requests) {
        return pipeline.latentsTogether(requests);
    }

    @Test
    void pictureDoesNotDependOnItsCompany() {
        List<PictureRequest> requests = company();
        List<float[]> alone = requests.stream().map(pipeline::latents).toList();
        for (int size : new int[] {2, 3, 5, requests.size()}) {
            for (int from = 0; from + size <= requests.size(); from += size) {
                List<float[]> together = together(requests.subList(from, from + size));
                for (int i = 0; i < size; i++) {
                    assertUnchanged(together.get(i), alone.get(from + i));
                }
            }
        }
    }

    @Test
    void sameRequestsInOnePassComeToTheSame() {
        PictureRequest request = request(BELLS, 4, SchedulerName.DDIM);
        float[] alone = pipeline.latents(request);
        for (float[] latents : together(List.of(request, request, request))) {
            assertUnchanged(latents, alone);
        }
    }

    @Test
    void otherLorasAndShapesTakeTurns() {
        LoraWeights peft = new LoraWeights(Map.of("peft", 1.0));
        PictureRequest plain = request(PIANO, 4, SchedulerName.DDIM);
        PictureRequest styled =
                PictureRequest.of(new Interpolation(PIANO, PIANO, 0, null, 4, null, SchedulerName.DDIM, peft), null);
        BufferedImage wideImage = new BufferedImage(64, 32, BufferedImage.TYPE_INT_RGB);
        PictureRequest wide = PictureRequest.of(Interpolation.at(PIANO, "id", 4), wideImage);
        List<PictureRequest> requests = List.of(plain, styled, wide, styled, plain, wide);
        List<float[]> alone = requests.stream().map(pipeline::latents).toList();
        assertThat(alone.get(0)).isNotEqualTo(alone.get(1));
        List<float[]> together = together(requests);
        for (int i = 0; i < requests.size(); i++) {
            assertUnchanged(together.get(i), alone.get(i));
        }
    }

    /** A guidance that overflows fills its picture with NaN. */
    @Test
    void picturesThatAreNoNumbersFailAloneAndSaySo() throws Exception {
        PictureRequest healthy = request(PIANO, 30, SchedulerName.DDIM);
        RiffPoint overflowing = new RiffPoint(PIANO.prompt(), "drums", 1, 1, 1e38);
        float[] alone = pipeline.latents(healthy);
        List<float[]> both = together(List.of(healthy, request(overflowing, 30, SchedulerName.DDIM)));
        assertUnchanged(both.get(0), alone);
        assertThat(both.get(1)).contains(Float.NaN);
        CompletableFuture<BufferedImage> bad = CompletableFuture.supplyAsync(
                () -> pipeline.generate(request(overflowing, 30, SchedulerName.DDIM), StepListener.NONE));
        assertThat(failure(bad)).isInstanceOf(IllegalStateException.class).hasMessageContaining("no numbers");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void cancellingOneDisturbsNobody(int step) throws Exception {
        PictureRequest staying = request(PIANO, 40, SchedulerName.DDIM);
        byte[] alone = Pixels.bytes(pipeline.generate(staying, StepListener.NONE));
        CountDownLatch going = new CountDownLatch(1);
        CompletableFuture<byte[]> picture = CompletableFuture.supplyAsync(
                () -> Pixels.bytes(pipeline.generate(staying, (done, steps) -> going.countDown())));
        assertThat(going.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<BufferedImage> leaving = CompletableFuture.supplyAsync(() ->
                pipeline.generate(request(UNGUIDED, 200, SchedulerName.EULER_ANCESTRAL), (done, steps) -> {
                    if (done == step) {
                        throw new CancellationException("enough");
                    }
                }));
        assertThat(failure(leaving)).isInstanceOf(CancellationException.class);
        byte[] together = picture.get(SECONDS, TimeUnit.SECONDS);
        for (int i = 0; i < alone.length; i++) {
            assertThat(Math.abs((together[i] & 0xFF) - (alone[i] & 0xFF))).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void closingEndsPicturesInTheMaking() throws Exception {
        DiffusionPipeline other = DiffusionPipeline.load(
                ModelFolder.open(Reference.folder("epsilon").resolve("model")),
                new Placement(Device.cpu(), false),
                AddOns.NONE,
                2);
        CountDownLatch going = new CountDownLatch(1);
        CompletableFuture<BufferedImage> picture = CompletableFuture.supplyAsync(
                () -> other.generate(request(PIANO, 1000, SchedulerName.DDIM), (done, steps) -> going.countDown()));
        assertThat(going.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        other.close();
        assertThat(failure(picture)).isInstanceOf(CancellationException.class).hasMessageContaining("closed");
    }

    private static Throwable failure(CompletableFuture<?> future) throws Exception {
        try {
            future.get(SECONDS, TimeUnit.SECONDS);
            throw new AssertionError("it came to an end");
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (CancellationException e) {
            return e;
        }
    }
}
