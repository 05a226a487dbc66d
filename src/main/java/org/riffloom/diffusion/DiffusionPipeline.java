package org.riffloom.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.riffloom.checkpoint.CheckpointException;
import org.riffloom.checkpoint.ModelFolder;
import org.riffloom.checkpoint.TextualInversion;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.prompt.LoraWeights;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.RiffPoint;
import org.riffloom.prompt.SchedulerName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A latent diffusion model on its device, from a request to a picture: Stable Diffusion's pipeline with Riffusion's
 * interpolation. The same request makes the same picture, byte for byte, on one machine with one number of threads.
 *
 * <p>Safe for use by several threads. Their pictures share passes of the UNet, step by step: see {@link StepOrder} for who
 * goes with whom. A picture does not depend on its company, but for rounding: below 10⁻³, and not at all where it is alone.
 * Texts, seed images and pictures are encoded and decoded on the threads that ask, one at a time.
 */
public final class DiffusionPipeline implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DiffusionPipeline.class);

    /** Longer than a pass of Stable Diffusion takes on a slow processor. */
    private static final Duration CLOSE_WAIT = Duration.ofMinutes(1);

    private final ModelFolder model;
    private final Placement placement;
    private final Conditioning conditioning;
    private final UNet unet;
    private final Vae vae;
    private final SeedLatents seedLatents;
    private final SpectralTint tint;
    private final Schedulers schedulers;
    private final Loras loras;
    private final Denoiser<PictureWalk> denoiser;
    private final int batch;
    /** Text encoder, VAE and all that is kept of their work belong to it. */
    private final ReentrantLock turn = new ReentrantLock(true);

    private volatile boolean closed;

    private DiffusionPipeline(
            ModelFolder model,
            Placement placement,
            Loras loras,
            Conditioning conditioning,
            UNet unet,
            Vae vae,
            int batch) {
        this.model = model;
        this.placement = placement;
        this.loras = loras;
        this.conditioning = conditioning;
        this.unet = unet;
        this.vae = vae;
        this.seedLatents = new SeedLatents(
                vae,
                model.vae().scalingFactor(),
                model.vae().factor() * model.unet().sizeMultiple());
        this.tint = new SpectralTint(model.profile().spectralVariation());
        this.schedulers = new Schedulers(model);
        this.batch = batch;
        // On a processor several threads of one operation spin while they wait for each other, so a second operation
        // beside it would slow both down many times over. They take turns; where each has one thread there is no such
        // thing.
        boolean alone = placement.onCpu() && TorchRuntime.threads() > 1;
        long size = model.unet().sampleSize();
        this.denoiser = new Denoiser<>(
                        new UNetPass(unet),
                        new BatchLimit(2 * size * size, batch),
                        alone ? turn : new ReentrantLock(),
                        CLOSE_WAIT)
                .start();
    }

    /**
     * Loads a model and puts its weights on a device. Starts libtorch, where this process has not yet.
     *
     * @param folder in diffusers layout
     * @param device {@code auto} (a GPU if there is one), {@code cpu} or {@code cuda:N}
     * @param threads of libtorch for each operation, at least 1; only the first pipeline of a process chooses
     * @throws CheckpointException if the folder does not hold a Stable Diffusion 1.x model, saying what is wrong
     * @throws IllegalArgumentException if there is no such device, or fewer threads than one
     */
    public static DiffusionPipeline load(Path folder, String device, int threads) {
        return load(folder, device, threads, null, AddOns.NONE, 0);
    }

    /**
     * The same with a scheduler for all requests that name none, with add-ons, and with a limit.
     *
     * @param scheduler in place of the one that the checkpoint names, or {@code null} for that
     * @param addOns checked before anything is loaded; LoRAs with a weight are put on right away
     * @param batch pictures of {@link #imageSize()} that may share a pass of the UNet, guidance included; larger ones count
     *     as several, and one alone may be of any size. 0 for what suits the device
     * @throws CheckpointException also if an add-on does not go with the model
     * @throws IllegalArgumentException also if two add-ons have one name, or the limit is below 0
     */
    public static DiffusionPipeline load(
            Path folder, String device, int threads, @Nullable SchedulerName scheduler, AddOns addOns, int batch) {
        return load(open(folder, scheduler), device, threads, addOns, batch);
    }

    /**
     * Reads what a model is, but not its weights.
     *
     * @param folder in diffusers layout
     * @param scheduler in place of the one that the checkpoint names, or {@code null} for that
     * @throws CheckpointException if the folder does not hold a Stable Diffusion 1.x model, saying what is wrong
     */
    public static ModelFolder open(Path folder, @Nullable SchedulerName scheduler) {
        return Schedulers.open(folder, scheduler);
    }

    /** As {@link #load(Path, String, int, SchedulerName, AddOns, int)}, for a model that was opened before. */
    public static DiffusionPipeline load(ModelFolder model, String device, int threads, AddOns addOns, int batch) {
        if (batch < 0) {
            throw new IllegalArgumentException("The limit of a batch is " + batch + "; it must not be below 0.");
        }
        return load(model, Placement.of(device, TorchRuntime.start(threads)), addOns, batch);
    }

    /**
     * Whether pictures are computed in half precision on a device. Starts libtorch, where this process has not yet.
     *
     * @param device as for {@link #load(Path, String, int)}
     * @param threads as there
     * @throws IllegalArgumentException if there is no such device
     */
    public static boolean computesInHalf(String device, int threads) {
        return Placement.of(device, TorchRuntime.start(threads)).half();
    }

    static DiffusionPipeline load(ModelFolder model, Placement placement, AddOns addOns, int batch) {
        Loras loras = Loras.open(addOns.loras(), model);
        List<TextualInversion> inversions = addOns.embeddings().stream()
                .map(file -> TextualInversion.open(file.path(), file.token(), model))
                .toList();
        long start = System.nanoTime();
        // Beside each other, since most of it is done by one thread each.
        CompletableFuture<Conditioning> texts =
                Beside.start("text-encoder", () -> Conditioning.load(model, placement, inversions));
        CompletableFuture<Vae> vae = Beside.start("vae", () -> Vae.load(model, placement));
        CompletableFuture<UNet> unet = Beside.start("unet", () -> UNet.load(model, placement));
        try {
            List<WornLora> worn = loras.of(null);
            Conditioning conditioning = Beside.join(texts);
            conditioning.wear(worn);
            Beside.join(unet).wear(worn);
            int pictures = batch > 0 ? batch : placement.usualBatch();
            DiffusionPipeline pipeline = new DiffusionPipeline(
                    model, placement, loras, conditioning, Beside.join(unet), Beside.join(vae), pictures);
            log.info(
                    "Loaded {} on {} in {} ms; up to {} pictures share a pass",
                    model.profile().name(),
                    placement.torchDevice(),
                    (System.nanoTime() - start) / 1_000_000,
                    pictures);
            return pipeline;
        } catch (RuntimeException e) {
            // When one part fails, those that are there are closed again, and those that are still to come then.
            var unused = List.of(
                    texts.thenAccept(Conditioning::close), unet.thenAccept(UNet::close), vae.thenAccept(Vae::close));
            throw e;
        }
    }

    /** The model's configs and profile. */
    public ModelFolder model() {
        return model;
    }

    /** The device it runs on, {@code cpu} or {@code cuda:N}. */
    public String device() {
        return placement.torchDevice();
    }

    /** The LoRAs that requests can name, and how much each counts in those that name none. */
    public LoraWeights loras() {
        return loras.usual();
    }

    /** Width and height in pixels of a picture made from noise alone; one made from a seed image has that one's. */
    public int imageSize() {
        return model.imageSize();
    }

    /**
     * Takes a step in batches of every size, largest first, where the first one of a size is slow: on a GPU, which chooses
     * its kernels and takes its memory then. If that runs out, the limit is lowered right away.
     */
    public void warmUp() {
        if (placement.onCpu()) {
            return;
        }
        RiffPoint point = new RiffPoint(new Prompt("warm up"), "", 0, 1, 2);
        PictureRequest request = PictureRequest.of(Interpolation.at(point, null, 1), null);
        for (int size = batch; size > 1; size--) {
            List<PictureWalk> walks = Stream.generate(() -> prepare(request, StepListener.NONE))
                    .limit(size)
                    .toList();
            denoiser.walkTogether(walks);
            walks.forEach(PictureWalk::close);
        }
    }

    /**
     * Makes a picture.
     *
     * @param request what it should be
     * @param listener called after every stage and step; may throw {@link java.util.concurrent.CancellationException} to stop
     * @return RGB
     * @throws InvalidRequestException if there are more steps than noise levels or than the scheduler can take, the seed
     *     image has odd sides, the scheduler does not go with the model, or there is no LoRA of a name
     * @throws java.util.concurrent.CancellationException if this thread is interrupted, or the pipeline closes
     * @throws IllegalStateException if the pipeline is closed, the network fails, or what it computes is no number
     */
    public BufferedImage generate(PictureRequest request, StepListener listener) {
        try (PictureWalk walk = denoised(request, listener)) {
            BufferedImage picture = exclusively(() -> {
                requireFinite(walk.latents());
                if (denoiser.inHand().isEmpty()) {
                    // A picture's last layers take as much memory as the rest of the work.
                    unet.rest();
                }
                BufferedImage decoded =
                        vae.decode(walk.latents().div(model.vae().scalingFactor()));
                vae.rest();
                return decoded;
            });
            listener.onStage(PictureStage.PICTURE);
            return picture;
        } finally {
            if (placement.onCpu()) {
                NativeHeap.trim();
            }
        }
    }

    /** Makes a picture from all of a seed image, or where there is none from noise alone. */
    public BufferedImage generate(Interpolation recipe, @Nullable BufferedImage seedImage, StepListener listener) {
        return generate(PictureRequest.of(recipe, seedImage), listener);
    }

    /** The latents that a request ends with, still scaled; for the comparison with reference figures. */
    float[] latents(PictureRequest request) {
        try (PictureWalk walk = denoised(request, StepListener.NONE)) {
            return exclusively(() -> walk.latents().toFloatArray());
        }
    }

    /** The same of several requests that begin in one pass, if nobody else is there. */
    List<float[]> latentsTogether(List<PictureRequest> requests) {
        List<PictureWalk> walks = requests.stream()
                .map(request -> prepare(request, StepListener.NONE))
                .toList();
        denoiser.walkTogether(walks);
        List<float[]> latents =
                walks.stream().map(walk -> walk.latents().toFloatArray()).toList();
        walks.forEach(PictureWalk::close);
        return latents;
    }

    private PictureWalk denoised(PictureRequest request, StepListener listener) {
        PictureWalk walk = prepare(request, listener);
        if (listener.wantsSketches()) {
            walk.watch();
        }
        denoiser.walk(walk, new Sketching(listener, walk, seedLatents));
        return walk;
    }

    /** Shows to those who want it what there is of the picture. */
    private record Sketching(StepListener listener, PictureWalk walk, SeedLatents seedLatents) implements StepListener {

        @Override
        public void onStep(int step, int steps) {
            listener.onStep(step, steps);
            Sketcher.Latents seen = walk.seen();
            Sketcher sketcher = seedLatents.sketcher();
            if (seen != null && sketcher != null) {
                listener.onSketch(step, steps, sketcher.draw(seen));
            }
        }

        @Override
        public void onWait() {
            listener.onWait();
        }
    }

    /** Everything that comes before the first step. */
    private PictureWalk prepare(PictureRequest request, StepListener listener) {
        Interpolation recipe = request.recipe();
        int levels = model.scheduler().trainTimesteps();
        if (recipe.steps() < 1 || recipe.steps() > levels) {
            throw new InvalidRequestException(
                    "steps", "steps is " + recipe.steps() + "; it must be between 1 and " + levels + ".");
        }
        Scheduler scheduler = schedulers.named(recipe.scheduler());
        List<WornLora> worn = loras.of(recipe.loras());
        NDManager manager = exclusively(() -> vae.manager().newSubManager());
        try {
            return prepare(manager, request, scheduler, worn, listener);
        } catch (RuntimeException | Error e) {
            manager.close();
            throw e;
        }
    }

    private PictureWalk prepare(
            NDManager manager,
            PictureRequest request,
            Scheduler scheduler,
            List<WornLora> worn,
            StepListener listener) {
        Interpolation recipe = request.recipe();
        BufferedImage seed = request.seedImage();
        NDArray context = exclusively(() -> {
            conditioning.wear(worn);
            NDArray embeddings = conditioning.of(manager, recipe);
            conditioning.rest();
            return embeddings;
        });
        listener.onStage(PictureStage.TEXT);
        DenoisingPlan plan;
        NDArray start;
        KeptPart kept = null;
        if (seed == null) {
            plan = scheduler.fromNoise(recipe.steps());
            start = seedLatents.noise(manager, recipe, 0, latentShape()).muli(plan.noise());
        } else {
            plan = scheduler.fromImage(recipe.steps(), recipe.denoising());
            ImageLatents image = exclusively(() -> {
                ImageLatents latents = seedLatents.ofImage(manager, recipe, seed);
                vae.rest();
                return latents;
            });
            start = exclusively(() ->
                    vae.noised(image.sample(), image.noise(), plan.signal() * image.scalingFactor(), plan.noise()));
            if (tint.exists() && !request.likeness()) {
                start = tinted(start, manager, recipe, plan);
            }
            kept = request.maskImage() == null ? null : KeptPart.of(manager, image, request.maskImage());
        }
        Map<Integer, NDArray> fresh = freshNoise(manager, recipe, plan, start.getShape());
        listener.onStage(PictureStage.BEGINNING);
        return new PictureWalk(
                manager, ofUNet(worn), new PictureWalk.Route(plan, context, recipe.guidance(), fresh, kept), start);
    }

    /** In place of the start. What a mask keeps of a seed image is not tinted. */
    private NDArray tinted(NDArray start, NDManager manager, Interpolation recipe, DenoisingPlan plan) {
        Shape shape = start.getShape();
        float[] tint = this.tint.of(recipe, Math.toIntExact(shape.get(2)), Math.toIntExact(shape.get(3)));
        return exclusively(() -> {
            try (start;
                    NDArray added = manager.create(tint, shape).muli(plan.signal())) {
                return start.add(added);
            }
        });
    }

    /** What a solver adds after its steps. Made beforehand, so that nobody waits for it between steps. */
    private Map<Integer, NDArray> freshNoise(NDManager manager, Interpolation recipe, DenoisingPlan plan, Shape shape) {
        Map<Integer, NDArray> fresh = new HashMap<>();
        for (int done = 1; done <= plan.steps().size(); done++) {
            if (plan.steps().get(done - 1).next().freshNoise() > 0) {
                fresh.put(done, seedLatents.noise(manager, recipe, done, shape));
            }
        }
        return fresh;
    }

    /** Requests whose LoRAs differ in the text encoder alone can share a pass. */
    private static List<WornLora> ofUNet(List<WornLora> worn) {
        return worn.stream().filter(lora -> !lora.lora().unet().isEmpty()).toList();
    }

    private Shape latentShape() {
        int size = model.unet().sampleSize();
        return new Shape(1, model.unet().inChannels(), size, size);
    }

    /** Half precision overflows above 65,504; a picture of that would be noise or black. */
    private static void requireFinite(NDArray latents) {
        for (float value : latents.toFloatArray()) {
            if (!Float.isFinite(value)) {
                throw new IllegalStateException(
                        "The network came to values that are no numbers; guidance or a weight of"
                                + " prompt or LoRA may be too high, or the model overflows in half precision.");
            }
        }
    }

    private <T> T exclusively(Supplier<T> work) {
        turn.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the pipeline is closed");
            }
            return work.get();
        } finally {
            turn.unlock();
        }
    }

    /** Ends the pictures being made after the step in hand and gives the device's memory back. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (!denoiser.close()) {
            log.warn("A pass did not end within {}; the model stays in memory", CLOSE_WAIT);
            return;
        }
        turn.lock();
        try {
            seedLatents.close();
            conditioning.close();
            unet.close();
            vae.close();
        } finally {
            turn.unlock();
        }
    }
}
