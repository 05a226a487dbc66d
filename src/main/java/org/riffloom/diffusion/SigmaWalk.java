package org.riffloom.diffusion;

import java.util.ArrayList;
import java.util.List;
import org.riffloom.checkpoint.SchedulerConfig;

/**
 * The noise levels that a solver passes through which counts in σ, the ratio of noise to image.
 *
 * @param timesteps that the network is told, from the noisiest; fractions where they lie between levels of training
 * @param levels one for each timestep, and the one where the walk ends
 */
record SigmaWalk(List<Double> timesteps, List<NoiseLevel> levels) {

    /** Exponent of Karras's spacing: the larger, the closer the levels lie at the end. */
    private static final double RHO = 7;

    SigmaWalk {
        timesteps = List.copyOf(timesteps);
        levels = List.copyOf(levels);
    }

    /** Passes through timesteps, from the noisiest. */
    static SigmaWalk through(double[] timesteps, NoiseSchedule schedule, NoiseLevel end) {
        List<Double> visited = new ArrayList<>();
        List<NoiseLevel> levels = new ArrayList<>();
        for (double timestep : timesteps) {
            visited.add(timestep);
            levels.add(NoiseLevel.ofSigma(schedule.sigmaBetween(timestep)));
        }
        levels.add(end);
        return new SigmaWalk(visited, levels);
    }

    /**
     * Goes from one σ to another in the steps of Karras et al. (arXiv 2206.00364, equation 5).
     *
     * @param whole whether timesteps are rounded to levels of training
     */
    static SigmaWalk karras(
            NoiseSchedule schedule, double highest, double lowest, int steps, boolean whole, NoiseLevel end) {
        double from = Math.pow(highest, 1 / RHO);
        double to = Math.pow(lowest, 1 / RHO);
        List<Double> visited = new ArrayList<>();
        List<NoiseLevel> levels = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            double place = steps > 1 ? (double) i / (steps - 1) : 0;
            double sigma = Math.pow(from + place * (to - from), RHO);
            double timestep = schedule.levelOf(sigma);
            visited.add(whole ? Math.rint(timestep) : (float) timestep);
            levels.add(NoiseLevel.ofSigma((float) sigma));
        }
        levels.add(end);
        return new SigmaWalk(visited, levels);
    }

    /** Where a walk ends: at no noise, or at the first level of training. */
    static NoiseLevel end(SchedulerConfig config, NoiseSchedule schedule) {
        return NoiseLevel.ofSigma(config.zeroFinalSigma() ? 0 : schedule.sigma(0));
    }

    /** Number of steps. */
    int steps() {
        return timesteps.size();
    }

    double timestep(int step) {
        return timesteps.get(step);
    }

    /** The level before a step, from 0; that after the last is {@code level(steps())}. */
    NoiseLevel level(int step) {
        return levels.get(step);
    }

    /**
     * The share of noise alone that diffusers' Euler solvers start from. With leading timesteps it is scaled as if some
     * image were in it already.
     */
    double initialNoise(SchedulerConfig config) {
        return config.spacing() == SchedulerConfig.Spacing.LEADING ? 1 : level(0).noise();
    }
}
