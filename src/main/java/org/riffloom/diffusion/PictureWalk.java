package org.riffloom.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One picture's way through its scheduler's steps, all of it on the device. */
final class PictureWalk implements Walk {

    private final NDManager manager;
    private final List<WornLora> loras;
    private final Route route;
    private UNet.State state;
    private int done;
    /** Whether somebody watches. */
    private boolean watched;
    /** The one thing that others may look at during the walk. */
    private volatile Sketcher.@Nullable Latents seen;

    /**
     * What a walk follows.
     *
     * @param context as for {@link UNet.Part}
     * @param guidance likewise
     * @param freshNoise what the solver adds, by the number of steps done
     * @param kept put back after each step, if there is a mask
     */
    record Route(
            DenoisingPlan plan,
            NDArray context,
            double guidance,
            Map<Integer, NDArray> freshNoise,
            @Nullable KeptPart kept) {}

    /**
     * @param manager of all that the walk needs; closed with it
     * @param latents float32 [1, channels, height, width] to begin with
     */
    PictureWalk(NDManager manager, List<WornLora> loras, Route route, NDArray latents) {
        this.manager = manager;
        this.loras = loras;
        this.route = route;
        this.state = UNet.State.before(latents);
    }

    @Override
    public List<WornLora> loras() {
        return loras;
    }

    @Override
    public Shape shape() {
        return state.latents().getShape();
    }

    @Override
    public long load() {
        return route.context().getShape().get(0) * shape().get(2) * shape().get(3);
    }

    @Override
    public int done() {
        return done;
    }

    @Override
    public int steps() {
        return route.plan().steps().size();
    }

    /** What the network has to do for the next step. */
    UNet.Part next() {
        return new UNet.Part(state, route.context(), step(), route.guidance());
    }

    /**
     * What follows the network in the next step: fresh noise, and what a mask keeps.
     *
     * @param after as the network left it
     */
    UNet.State complete(UNet unet, NDManager scratch, UNet.State after) {
        NDArray latents = after.latents();
        double fresh = step().next().freshNoise();
        NDArray noise = route.freshNoise().get(done + 1);
        if (noise != null) {
            latents = unet.withNoise(scratch, latents, noise, fresh);
        }
        if (route.kept() != null) {
            latents = unet.withKept(scratch, latents, route.kept(), step().kept());
        }
        return after.with(latents);
    }

    /** Takes the step for good. */
    void advance(UNet.State after) {
        after.attach(manager);
        state.close();
        state = after;
        if (watched) {
            seen = new Sketcher.Latents(after.latents());
        }
        done++;
    }

    /** Has the latents copied after each step, from before the first one on. */
    void watch() {
        watched = true;
    }

    /** The latents after the last step that is done; none if nobody watches. For any thread. */
    Sketcher.@Nullable Latents seen() {
        return seen;
    }

    private DenoisingStep step() {
        return route.plan().steps().get(done);
    }

    /** Where it is. */
    NDArray latents() {
        return state.latents();
    }

    @Override
    public void close() {
        manager.close();
    }
}
