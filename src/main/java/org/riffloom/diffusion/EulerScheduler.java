package org.riffloom.diffusion;

import java.util.ArrayList;
import java.util.List;
import org.riffloom.checkpoint.SchedulerConfig;

/** Euler's method, as Karras et al. (arXiv 2206.00364, algorithm 2) write it, without their churn. */
final class EulerScheduler implements Scheduler {

    private final SchedulerConfig config;
    private final NoiseSchedule schedule;

    EulerScheduler(SchedulerConfig config) {
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

    private SigmaWalk walk(int steps) {
        double[] timesteps = Timesteps.euler(config, steps);
        NoiseLevel end = SigmaWalk.end(config, schedule);
        if (config.karras()) {
            double highest = schedule.sigmaBetween(timesteps[0]);
            double lowest = schedule.sigmaBetween(timesteps[steps - 1]);
            return SigmaWalk.karras(schedule, highest, lowest, steps, false, end);
        }
        return SigmaWalk.through(timesteps, schedule, end);
    }

    private List<DenoisingStep> steps(SigmaWalk walk, int first) {
        List<DenoisingStep> steps = new ArrayList<>();
        for (int i = first; i < walk.steps(); i++) {
            NoiseLevel from = walk.level(i);
            NoiseLevel to = walk.level(i + 1);
            CleanImage clean = CleanImage.of(config.prediction(), from);
            steps.add(new DenoisingStep(walk.timestep(i), clean, 0, Combination.straight(from, to), to));
        }
        return steps;
    }
}
