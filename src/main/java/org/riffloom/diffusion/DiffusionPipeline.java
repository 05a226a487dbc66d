package org.riffloom.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.riffloom.checkpoint.CheckpointException;
import org.riffloom.checkpoint.ModelFolder;
import org.riffloom.checkpoint.TextualInversion;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.prompt.LoraWeights;
import org.riffloom.prompt.SchedulerName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A latent diffusion model on its device, from a request to a picture: Stable Diffusion's pipeline with Riffusion's
 * interpolation. The same request makes the same picture, byte for byte, on one machine with one number of threads.
 *
 * <p>Safe for use by several threads, which then wait for each other: one picture keeps a device busy.
 */
public final class DiffusionPipeline implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DiffusionPipeline.class);

    private final ModelFolder model;
    private final Placement placement;
    private final Conditioning conditioning;
    private final UNet unet;
    private final Vae vae;
    private final SeedLatents seedLatents;
    private final Schedulers schedulers;
    private final Loras loras;
    private final ReentrantLock turn = new ReentrantLock(true);
    private boolean closed;

    private DiffusionPipeline(
            ModelFolder model, Placement placement, Loras loras, Conditioning conditioning, UNet unet, Vae vae) {
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
        this.schedulers = new Schedulers(model);
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
        return load(folder, device, threads, null, AddOns.NONE);
    }

    /**
     * The same with a scheduler for all requests that name none, and with add-ons.
     *
     * @param scheduler in place of the one that the checkpoint names, or {@code null} for that
     * @param addOns checked before anything is loaded; LoRAs with a weight are put on right away
     * @throws CheckpointException also if an add-on does not go with the model
     * @throws IllegalArgumentException also if two add-ons have one name
     */
    public static DiffusionPipeline load(
            Path folder, String device, int threads, @Nullable SchedulerName scheduler, AddOns addOns) {
        ModelFolder model = Schedulers.open(folder, scheduler);
        return load(model, Placement.of(device, TorchRuntime.start(threads)), addOns);
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

    static DiffusionPipeline load(ModelFolder model, Placement placement, AddOns addOns) {
        Loras loras = Loras.open(addOns.loras(), model);
        List<TextualInversion> inversions = addOns.embeddings().stream()
                .map(file -> TextualInversion.open(file.path(), file.token(), model))
                .toList();
        long start = System.nanoTime();
        // What was loaded must be closed again when a later part fails; the pipeline closes everything after that.
        Conditioning conditioning = Conditioning.load(model, placement, inversions);
        try {
            UNet unet = UNet.load(model, placement);
            try {
                List<WornLora> worn = loras.of(null);
                conditioning.wear(worn);
                unet.wear(worn);
                DiffusionPipeline pipeline =
                        new DiffusionPipeline(model, placement, loras, conditioning, unet, Vae.load(model, placement));
                log.info(
                        "Loaded {} on {} in {} ms",
                        model.profile().name(),
                        placement.torchDevice(),
                        (System.nanoTime() - start) / 1_000_000);
                return pipeline;
            } catch (RuntimeException e) {
                unet.close();
                throw e;
            }
        } catch (RuntimeException e) {
            conditioning.close();
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
        return model.unet().sampleSize() * model.vae().factor();
    }

    /**
     * Makes a picture.
     *
     * @param request what it should be
     * @param listener called after every step; may throw {@link java.util.concurrent.CancellationException} to stop
     * @return RGB
     * @throws InvalidRequestException if there are more steps than noise levels or than the scheduler can take, the seed
     *     image has odd sides, the scheduler does not go with the model, or there is no LoRA of a name
     */
    public BufferedImage generate(PictureRequest request, StepListener listener) {
        turn.lock();
        try (NDManager manager = newManager()) {
            NDArray latents = denoise(manager, request, listener);
            return vae.decode(latents.div(model.vae().scalingFactor()));
        } finally {
            turn.unlock();
        }
    }

    /** Makes a picture from all of a seed image, or where there is none from noise alone. */
    public BufferedImage generate(Interpolation recipe, @Nullable BufferedImage seedImage, StepListener listener) {
        return generate(PictureRequest.of(recipe, seedImage), listener);
    }

    private NDManager newManager() {
        if (closed) {
            throw new IllegalStateException("the pipeline is closed");
        }
        return vae.manager().newSubManager();
    }

    private NDArray denoise(NDManager manager, PictureRequest request, StepListener listener) {
        Interpolation recipe = request.recipe();
        int levels = model.scheduler().trainTimesteps();
        if (recipe.steps() < 1 || recipe.steps() > levels) {
            throw new InvalidRequestException(
                    "steps", "steps is " + recipe.steps() + "; it must be between 1 and " + levels + ".");
        }
        Scheduler scheduler = schedulers.named(recipe.scheduler());
        List<WornLora> worn = loras.of(recipe.loras());
        conditioning.wear(worn);
        unet.wear(worn);
        if (request.seedImage() == null) {
            DenoisingPlan plan = scheduler.fromNoise(recipe.steps());
            NDArray start = seedLatents.noise(manager, recipe, 0, latentShape()).muli(plan.noise());
            return walk(manager, recipe, plan, start, null, listener);
        }
        DenoisingPlan plan = scheduler.fromImage(recipe.steps(), recipe.denoising());
        ImageLatents image = seedLatents.ofImage(manager, recipe, request.seedImage());
        NDArray start = image.noised(plan.signal(), plan.noise());
        KeptPart kept = request.maskImage() == null ? null : KeptPart.of(manager, image, request.maskImage());
        return walk(manager, recipe, plan, start, kept, listener);
    }

    private NDArray walk(
            NDManager manager,
            Interpolation recipe,
            DenoisingPlan plan,
            NDArray start,
            @Nullable KeptPart kept,
            StepListener listener) {
        NDArray context = conditioning.of(manager, recipe);
        Shape shape = start.getShape();
        UNet.State state = UNet.State.before(start);
        int done = 0;
        for (DenoisingStep step : plan.steps()) {
            UNet.State before = state;
            state = unet.step(before, context, step, recipe.guidance());
            before.close();
            done++;
            double fresh = step.next().freshNoise();
            if (fresh > 0) {
                NDArray noise = seedLatents.noise(manager, recipe, done, shape).muli(fresh);
                state = state.with(state.latents().add(noise));
            }
            if (kept != null) {
                state = state.with(kept.putBack(state.latents(), step.kept()));
            }
            listener.onStep(done, plan.steps().size());
        }
        return state.latents();
    }

    private Shape latentShape() {
        int size = model.unet().sampleSize();
        return new Shape(1, model.unet().inChannels(), size, size);
    }

    /** The latents that a request ends with, still scaled; for the comparison with reference figures. */
    float[] latents(PictureRequest request) {
        turn.lock();
        try (NDManager manager = newManager()) {
            return denoise(manager, request, StepListener.NONE).toFloatArray();
        } finally {
            turn.unlock();
        }
    }

    /** Waits for the picture being made and gives the device's memory back. */
    @Override
    public void close() {
        turn.lock();
        try {
            if (!closed) {
                closed = true;
                seedLatents.close();
                conditioning.close();
                unet.close();
                vae.close();
            }
        } finally {
            turn.unlock();
        }
    }
}
