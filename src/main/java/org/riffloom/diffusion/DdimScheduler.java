package org.riffloom.diffusion;

import java.util.ArrayList;
import java.util.List;
import org.riffloom.checkpoint.SchedulerConfig;

/** Denoising diffusion implicit models (Song et al., arXiv 2010.02502) without added noise (η = 0). */
final class DdimScheduler implements Scheduler {

    private final SchedulerConfig config;
    private final NoiseSchedule schedule;

    DdimScheduler(SchedulerConfig config) {
        this.config = config;
        this.schedule = new NoiseSchedule(config);
    }

    @Override
    public DenoisingPlan plan(int steps, double strength) {
        int[] timesteps = Timesteps.ddim(config, steps);
        int first = Scheduler.skipped(steps, strength);
        double start = schedule.alpha(timesteps[first]);
        List<DenoisingStep> plan = new ArrayList<>();
        for (int i = first; i < timesteps.length; i++) {
            plan.add(step(timesteps[i], schedule.levels() / steps));
        }
        return new DenoisingPlan(Math.sqrt(start), Math.sqrt(1 - start), plan);
    }

    /** To the timestep {@code stride} below, which need not be the next one in the walk: so it is in diffusers. */
    private DenoisingStep step(int timestep, int stride) {
        double alpha = schedule.alpha(timestep);
        int previous = timestep - stride;
        double next = previous >= 0 ? schedule.alpha(previous) : config.alphaOneAtEnd() ? 1 : schedule.alpha(0);
        double image = Math.sqrt(alpha);
        double noise = Math.sqrt(1 - alpha);
        double nextNoise = Math.sqrt(1 - next);
        CleanImage clean = CleanImage.of(config.prediction(), image, noise);
        return new DenoisingStep(
                timestep,
                clean.ofLatents(),
                clean.ofOutput(),
                config.clipRange(),
                nextNoise * clean.noiseOfLatents(),
                nextNoise * clean.noiseOfOutput(),
                Math.sqrt(next),
                0);
    }
}
