package org.riffloom.diffusion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.riffloom.checkpoint.SchedulerConfig;

/**
 * DPM-Solver++ in its multistep form, of first or second order (Lu et al., arXiv 2211.01095). It reaches in 10 to 20
 * steps what takes DDIM 50.
 */
final class DpmSolverScheduler implements Scheduler {

    /** Walks shorter than this end with a first-order step, which is the more stable there. */
    private static final int SHORT_WALK = 15;

    private final SchedulerConfig config;
    private final NoiseSchedule schedule;

    DpmSolverScheduler(SchedulerConfig config) {
        this.config = config;
        this.schedule = new NoiseSchedule(config);
    }

    @Override
    public DenoisingPlan fromNoise(int steps) {
        return DenoisingPlan.fromNoise(1, steps(walk(steps), 0));
    }

    @Override
    public DenoisingPlan fromImage(int steps, double strength) {
        SigmaWalk walk = walk(steps);
        int first = ImageEntry.of(steps, steps, strength).first();
        return DenoisingPlan.fromImage(walk.level(first), steps(walk, first));
    }

    private SigmaWalk walk(int steps) {
        NoiseLevel end = SigmaWalk.end(config, schedule);
        if (config.karras()) {
            // Over the whole range of training, whatever the spacing says of timesteps.
            double highest = schedule.sigma(schedule.levels() - 1);
            return SigmaWalk.karras(schedule, highest, schedule.sigma(0), steps, true, end);
        }
        double[] timesteps = Arrays.stream(Timesteps.dpmSolver(config, steps))
                .asDoubleStream()
                .toArray();
        return SigmaWalk.through(timesteps, schedule, end);
    }

    private List<DenoisingStep> steps(SigmaWalk walk, int first) {
        List<DenoisingStep> steps = new ArrayList<>();
        for (int i = first; i < walk.steps(); i++) {
            NoiseLevel from = walk.level(i);
            NoiseLevel to = walk.level(i + 1);
            boolean last = i == walk.steps() - 1 && endsInFirstOrder(walk.steps());
            boolean secondOrder = config.solverOrder() == 2 && i > first && !last;
            steps.add(new DenoisingStep(
                    walk.timestep(i),
                    CleanImage.of(config.prediction(), from),
                    0,
                    secondOrder ? curved(walk.level(i - 1), from, to) : Combination.straight(from, to),
                    to));
        }
        return steps;
    }

    private boolean endsInFirstOrder(int steps) {
        return config.eulerAtFinal() || config.zeroFinalSigma() || (config.lowerOrderFinal() && steps < SHORT_WALK);
    }

    /** A step of second order: it takes into account how the predicted image changed over the step before. */
    private Combination curved(NoiseLevel before, NoiseLevel from, NoiseLevel to) {
        Combination straight = Combination.straight(from, to);
        double width = to.logRatio() - from.logRatio();
        double decay = Math.expm1(-width);
        double slope = config.heun() ? to.image() * (decay / width + 1) : -0.5 * to.image() * decay;
        // The slope is of (clean − previous) over the width of the step before, in units of this one's.
        double ratio = width / (from.logRatio() - before.logRatio());
        return new Combination(
                straight.latents(), 0, straight.clean() + slope * ratio, -slope * ratio, 0, List.of(), 0);
    }
}
