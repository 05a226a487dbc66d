package org.riffloom.diffusion;

import java.util.Arrays;
import java.util.List;
import org.riffloom.checkpoint.SchedulerConfig;
import org.riffloom.checkpoint.SchedulerConfig.Spacing;

/** Denoising diffusion implicit models (Song et al., arXiv 2010.02502) without added noise (η = 0). */
final class DdimScheduler implements Scheduler {

    private final SchedulerConfig config;
    private final NoiseSchedule schedule;

    DdimScheduler(SchedulerConfig config) {
        this.config = config;
        this.schedule = new NoiseSchedule(config);
    }

    @Override
    public DenoisingPlan fromNoise(int steps) {
        return DenoisingPlan.fromNoise(1, walk(Timesteps.ddim(config, steps), 0));
    }

    @Override
    public DenoisingPlan fromImage(int steps, double strength) {
        int[] timesteps = Timesteps.ddim(config, steps);
        ImageEntry entry = ImageEntry.ofRiffusion(config, timesteps.length, steps, strength);
        NoiseLevel start = NoiseLevel.ofAlpha(schedule.alpha(timesteps[entry.noised()]));
        return DenoisingPlan.fromImage(start, walk(timesteps, entry.first()));
    }

    private List<DenoisingStep> walk(int[] timesteps, int first) {
        return Arrays.stream(timesteps, first, timesteps.length)
                .mapToObj(timestep -> step(timestep, schedule.levels() / timesteps.length))
                .toList();
    }

    /** To the timestep {@code stride} below, which need not be the next one in the walk: so it is in diffusers. */
    private DenoisingStep step(int timestep, int stride) {
        NoiseLevel from = NoiseLevel.ofAlpha(schedule.alpha(timestep));
        NoiseLevel to = schedule.levelBelow(timestep - stride, config.alphaOneAtEnd());
        CleanImage clean = CleanImage.of(config.prediction(), from);
        // The noise is that of the image before clamping, so that it cannot be had from latents and image.
        Combination next =
                Combination.of(to.noise() * clean.noiseOfLatents(), to.noise() * clean.noiseOfOutput(), to.image());
        return new DenoisingStep(timestep, clean, config.clipRange(), next, kept(config, from, to));
    }

    /**
     * How noisy DDIM and PNDM leave what a mask keeps. Riffusion's pipeline gave it the noise of the timestep just
     * used; with leading timesteps the last of them has next to none. Where it has some, that would stay in the
     * picture, so there the part gets the level that the step leads to, as in diffusers' own in-painting.
     */
    static NoiseLevel kept(SchedulerConfig config, NoiseLevel from, NoiseLevel to) {
        return config.spacing() == Spacing.LEADING ? from : to;
    }
}
