package org.riffloom.diffusion;

import org.riffloom.checkpoint.SchedulerConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A way from noise to an image: it plans timesteps and arithmetic, and never touches a tensor. */
sealed interface Scheduler permits DdimScheduler, DpmSolverScheduler {

    /** The scheduler that a checkpoint names, or DDIM on the same noise schedule where that one is not written here. */
    static Scheduler of(SchedulerConfig config) {
        if (config.className().equals(SchedulerConfig.DPM_SOLVER)) {
            return new DpmSolverScheduler(config);
        }
        if (!config.className().equals(SchedulerConfig.DDIM)) {
            Logger log = LoggerFactory.getLogger(Scheduler.class);
            log.info("The checkpoint names {}; DDIM takes its place, on the same noise schedule", config.className());
        }
        return new DdimScheduler(config);
    }

    /**
     * Plans a walk.
     *
     * @param steps over the whole noise range, 1 to the number of noise levels in training
     * @param strength of img2img, above 0 and at most 1: the share of the steps that are taken, the last ones. At
     *     least one step is. With 1 nothing of the image is left but what the noise schedule never destroys
     */
    DenoisingPlan plan(int steps, double strength);

    /** How many of {@code steps} are left out at the start, as diffusers counts. */
    static int skipped(int steps, double strength) {
        return Math.min(steps - (int) (steps * strength), steps - 1);
    }
}
