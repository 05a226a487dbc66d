package org.riffloom.diffusion;

import java.util.ArrayList;
import java.util.List;
import org.riffloom.checkpoint.SchedulerConfig;

/**
 * Ancestral sampling with Euler's method, from k-diffusion: each step goes further down than the next level, and fresh
 * noise leads up to it again.
 */
final class EulerAncestralScheduler implements Scheduler {

    private final SchedulerConfig config;
    private final NoiseSchedule schedule;

    EulerAncestralScheduler(SchedulerConfig config) {
        this.config = config;
        this.schedule = new NoiseSchedule(config);
    }

    @Override
    public DenoisingPlan fromNoise(int steps) {
        SigmaWalk walk = walk(steps);
        return DenoisingPlan.fromNoise(walk.initialNoise(config), steps(walk, 0));
    }

    @Override
    public DenoisingPlan fromImage(int steps, double strength) {
        SigmaWalk walk = walk(steps);
        int first = ImageEntry.of(steps, steps, strength).first();
        return DenoisingPlan.fromImage(walk.level(first), steps(walk, first));
    }

    /** To no noise at all: diffusers gives this solver no choice of its end. */
    private SigmaWalk walk(int steps) {
        return SigmaWalk.through(Timesteps.euler(config, steps), schedule, NoiseLevel.ofSigma(0));
    }

    private List<DenoisingStep> steps(SigmaWalk walk, int first) {
        List<DenoisingStep> steps = new ArrayList<>();
        for (int i = first; i < walk.steps(); i++) {
            NoiseLevel from = walk.level(i);
            CleanImage clean = CleanImage.of(config.prediction(), from);
            steps.add(new DenoisingStep(
                    walk.timestep(i), clean, 0, ancestral(from, walk.level(i + 1)), walk.level(i + 1)));
        }
        return steps;
    }

    private static Combination ancestral(NoiseLevel from, NoiseLevel to) {
        // Of the noise at the next level, down is what is left of the old and up what is new; down² + up² = noise².
        double ratio = Math.exp(from.logRatio() - to.logRatio());
        double up = to.noise() * Math.sqrt(1 - ratio * ratio);
        double down = to.noise() * ratio;
        NoiseLevel below = new NoiseLevel(to.image(), down, Math.log(to.image() / down));
        return Combination.straight(from, below).withFreshNoise(up);
    }
}
