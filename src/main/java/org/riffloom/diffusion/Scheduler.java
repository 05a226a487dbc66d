package org.riffloom.diffusion;

import org.riffloom.checkpoint.SchedulerConfig;

/**
 * A way from noise to an image: it plans timesteps and arithmetic, and never touches a tensor. Each is the one of its
 * name in diffusers, step by step, with latents whose image and noise add up to a power of 1 (diffusers' Euler solvers
 * keep them divided by the image's share).
 */
sealed interface Scheduler
        permits DdimScheduler,
                PndmScheduler,
                DpmSolverScheduler,
                EulerScheduler,
                EulerAncestralScheduler,
                LcmScheduler {

    /** The scheduler that a config describes. */
    static Scheduler of(SchedulerConfig config) {
        return switch (config.solver()) {
            case DDIM -> new DdimScheduler(config);
            case PNDM -> new PndmScheduler(config);
            case DPM_SOLVER -> new DpmSolverScheduler(config);
            case EULER -> new EulerScheduler(config);
            case EULER_ANCESTRAL -> new EulerAncestralScheduler(config);
            case LCM -> new LcmScheduler(config);
        };
    }

    /**
     * Plans a walk that starts from noise alone.
     *
     * @param steps over the whole noise range, 1 to the number of noise levels in training
     */
    DenoisingPlan fromNoise(int steps);

    /**
     * Plans a walk that starts from an image.
     *
     * @param steps over the whole noise range, 1 to the number of noise levels in training
     * @param strength of img2img, above 0 and at most 1: the share of the steps that are taken, the last ones. At
     *     least one step is. With 1 nothing of the image is left but what the noise schedule never destroys
     */
    DenoisingPlan fromImage(int steps, double strength);
}
