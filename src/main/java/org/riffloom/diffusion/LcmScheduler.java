package org.riffloom.diffusion;

import java.util.ArrayList;
import java.util.List;
import org.riffloom.checkpoint.SchedulerConfig;
import org.riffloom.prompt.InvalidRequestException;

/**
 * Multistep sampling of latent consistency models (Luo et al., arXiv 2310.04378): each step predicts the image itself,
 * and fresh noise leads up to the next level. Such a model was distilled from a walk of some 50 steps; only timesteps
 * of that walk are visited.
 */
final class LcmScheduler implements Scheduler {

    /** Standard deviation of the data that the boundary condition assumes. */
    private static final double DATA_DEVIATION = 0.5;

    private final SchedulerConfig config;
    private final NoiseSchedule schedule;

    LcmScheduler(SchedulerConfig config) {
        this.config = config;
        this.schedule = new NoiseSchedule(config);
    }

    @Override
    public DenoisingPlan fromNoise(int steps) {
        return DenoisingPlan.fromNoise(1, walk(timesteps(steps, 1)));
    }

    /** All of the steps are taken, but in the last share of the original walk. */
    @Override
    public DenoisingPlan fromImage(int steps, double strength) {
        int[] timesteps = timesteps(steps, strength);
        return DenoisingPlan.fromImage(NoiseLevel.ofAlpha(schedule.alpha(timesteps[0])), walk(timesteps));
    }

    private int[] timesteps(int steps, double strength) {
        int available = (int) (config.originalSteps() * strength);
        if (steps > available) {
            throw new InvalidRequestException(
                    "steps",
                    "steps is " + steps + "; the scheduler lcm takes at most "
                            + config.originalSteps() + " times the denoising, here " + available
                            + ", and is meant for 2 to 8.");
        }
        double apart = (double) available / steps;
        int stride = schedule.levels() / config.originalSteps();
        int[] timesteps = new int[steps];
        for (int i = 0; i < steps; i++) {
            timesteps[i] = (available - (int) (i * apart)) * stride - 1;
        }
        return timesteps;
    }

    private List<DenoisingStep> walk(int[] timesteps) {
        List<DenoisingStep> walk = new ArrayList<>();
        for (int i = 0; i < timesteps.length; i++) {
            NoiseLevel to = i + 1 < timesteps.length
                    ? NoiseLevel.ofAlpha(schedule.alpha(timesteps[i + 1]))
                    : NoiseLevel.ofAlpha(1);
            walk.add(step(timesteps[i], to));
        }
        return walk;
    }

    private DenoisingStep step(int timestep, NoiseLevel to) {
        double scaled = timestep * config.timestepScaling();
        double square = scaled * scaled + DATA_DEVIATION * DATA_DEVIATION;
        double skip = DATA_DEVIATION * DATA_DEVIATION / square;
        double out = scaled / Math.sqrt(square);
        Combination next =
                Combination.of(to.image() * skip, 0, to.image() * out).withFreshNoise(to.noise());
        CleanImage clean = CleanImage.of(config.prediction(), NoiseLevel.ofAlpha(schedule.alpha(timestep)));
        return new DenoisingStep(timestep, clean, config.clipRange(), next, to);
    }
}
