package org.riffloom.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.riffloom.checkpoint.CheckpointException;
import org.riffloom.checkpoint.ModelFolder;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.InvalidRequestException;
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
    private final Scheduler scheduler;
    private final ReentrantLock turn = new ReentrantLock(true);
    private boolean closed;

    private DiffusionPipeline(ModelFolder model, Placement placement, Conditioning conditioning, UNet unet, Vae vae) {
        this.model = model;
        this.placement = placement;
        this.conditioning = conditioning;
        this.unet = unet;
        this.vae = vae;
        this.seedLatents = new SeedLatents(
                vae,
                model.vae().scalingFactor(),
                model.vae().factor() * model.unet().sizeMultiple());
        this.scheduler = Scheduler.of(model.scheduler());
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
        ModelFolder model = ModelFolder.open(folder);
        return load(model, Placement.of(device, TorchRuntime.start(threads)));
    }

    static DiffusionPipeline load(ModelFolder model, Placement placement) {
        long start = System.nanoTime();
        // What was loaded must be closed again when a later part fails; the pipeline closes everything after that.
        Conditioning conditioning = Conditioning.load(model, placement);
        try {
            UNet unet = UNet.load(model, placement);
            try {
                DiffusionPipeline pipeline =
                        new DiffusionPipeline(model, placement, conditioning, unet, Vae.load(model, placement));
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

    /** Width and height in pixels of a picture made from noise alone; one made from a seed image has that one's. */
    public int imageSize() {
        return model.unet().sampleSize() * model.vae().factor();
    }

    /**
     * Makes a picture.
     *
     * @param request what it should be
     * @param seedImage to start from, RGB, its sides multiples of 8 times the UNet's halvings (64 pixels for Stable
     *     Diffusion); {@code null} to start from noise alone, whatever {@code request.seedImage()} names
     * @param listener called after every step; may throw {@link java.util.concurrent.CancellationException} to stop
     * @return RGB
     * @throws InvalidRequestException if there are more steps than noise levels or the seed image has odd sides
     */
    public BufferedImage generate(Interpolation request, @Nullable BufferedImage seedImage, StepListener listener) {
        turn.lock();
        try (NDManager manager = newManager()) {
            NDArray latents = denoise(manager, request, seedImage, listener);
            return vae.decode(latents.div(model.vae().scalingFactor()));
        } finally {
            turn.unlock();
        }
    }

    private NDManager newManager() {
        if (closed) {
            throw new IllegalStateException("the pipeline is closed");
        }
        return vae.manager().newSubManager();
    }

    private NDArray denoise(
            NDManager manager, Interpolation request, @Nullable BufferedImage seedImage, StepListener listener) {
        int levels = model.scheduler().trainTimesteps();
        if (request.steps() < 1 || request.steps() > levels) {
            throw new InvalidRequestException(
                    "steps", "steps is " + request.steps() + "; it must be between 1 and " + levels + ".");
        }
        DenoisingPlan plan = seedImage == null
                ? scheduler.fromNoise(request.steps())
                : scheduler.fromImage(request.steps(), request.denoising());
        NDArray context = conditioning.of(manager, request);
        NDArray start = seedImage == null
                ? seedLatents.noise(manager, request, 0, latentShape()).muli(plan.noise())
                : seedLatents.fromImage(manager, request, seedImage, plan);
        Shape shape = start.getShape();
        UNet.State state = UNet.State.before(start);
        int done = 0;
        for (DenoisingStep step : plan.steps()) {
            UNet.State before = state;
            state = unet.step(before, context, step, request.guidance());
            before.close();
            double fresh = step.next().freshNoise();
            if (fresh > 0) {
                NDArray noise = seedLatents.noise(manager, request, done + 1, shape);
                state = state.with(state.latents().addi(noise.muli(fresh)));
            }
            listener.onStep(++done, plan.steps().size());
        }
        return state.latents();
    }

    private Shape latentShape() {
        int size = model.unet().sampleSize();
        return new Shape(1, model.unet().inChannels(), size, size);
    }

    /** The latents that a request ends with, still scaled; for the comparison with reference figures. */
    float[] latents(Interpolation request, @Nullable BufferedImage seedImage) {
        turn.lock();
        try (NDManager manager = newManager()) {
            return denoise(manager, request, seedImage, StepListener.NONE).toFloatArray();
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
