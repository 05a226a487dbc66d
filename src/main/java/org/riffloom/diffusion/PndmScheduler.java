package org.riffloom.diffusion;

import java.util.ArrayList;
import java.util.List;
import org.riffloom.checkpoint.SchedulerConfig;

/**
 * Pseudo numerical methods for diffusion models (Liu et al., arXiv 2202.09778) in the form of Stable Diffusion: the
 * linear multistep method alone, begun by Euler's method with a correction instead of Runge-Kutta steps. The first
 * timestep's successor is therefore visited twice.
 *
 * <p>A walk that begins at an image leaves the head of the timesteps out, that second visit included, but corrects its
 * first step all the same: diffusers does so, and thus lags a step behind the noise. Riffusion's pictures came from it.
 */
final class PndmScheduler implements Scheduler {

    private final SchedulerConfig config;
    private final NoiseSchedule schedule;

    PndmScheduler(SchedulerConfig config) {
        this.config = config;
        this.schedule = new NoiseSchedule(config);
    }

    @Override
    public DenoisingPlan fromNoise(int steps) {
        return DenoisingPlan.fromNoise(1, walk(visits(steps), 0, steps));
    }

    @Override
    public DenoisingPlan fromImage(int steps, double strength) {
        int[] visits = visits(steps);
        ImageEntry entry = ImageEntry.ofRiffusion(config, visits.length, steps, strength);
        NoiseLevel start = NoiseLevel.ofAlpha(schedule.alpha(visits[entry.noised()]));
        return DenoisingPlan.fromImage(start, walk(visits, entry.first(), steps));
    }

    private int[] visits(int steps) {
        int[] timesteps = Timesteps.ddim(config, steps);
        if (steps == 1) {
            return timesteps;
        }
        int[] visits = new int[steps + 1];
        visits[0] = timesteps[0];
        visits[1] = timesteps[1];
        System.arraycopy(timesteps, 1, visits, 2, steps - 1);
        return visits;
    }

    private List<DenoisingStep> walk(int[] visits, int first, int steps) {
        int stride = schedule.levels() / steps;
        List<DenoisingStep> walk = new ArrayList<>();
        for (int i = first; i < visits.length; i++) {
            walk.add(step(visits[i], stride, i - first));
        }
        return walk;
    }

    private DenoisingStep step(int timestep, int stride, int counter) {
        // The correction goes the first step's way again, from where that began.
        boolean correction = counter == 1;
        int origin = correction ? Math.min(timestep + stride, schedule.levels() - 1) : timestep;
        NoiseLevel from = NoiseLevel.ofAlpha(schedule.alpha(origin));
        NoiseLevel to = schedule.levelBelow(correction ? timestep : timestep - stride, config.alphaOneAtEnd());
        CleanImage clean = CleanImage.of(config.prediction(), from);
        double[] outputs = outputs(counter);
        double ofNoise = ofNoise(from, to);
        double ofLatents = to.image() / from.image() + ofNoise * clean.noiseOfLatents();
        double ofOutput = ofNoise * clean.noiseOfOutput();
        List<Double> previous = new ArrayList<>();
        for (int i = 1; i < outputs.length; i++) {
            previous.add(ofOutput * outputs[i]);
        }
        Combination next = new Combination(
                correction ? 0 : ofLatents, ofOutput * outputs[0], 0, 0, correction ? ofLatents : 0, previous, 0);
        NoiseLevel here = NoiseLevel.ofAlpha(schedule.alpha(timestep));
        return new DenoisingStep(timestep, clean, 0, next, DdimScheduler.kept(config, here, to));
    }

    /** Equation 9 of the paper: how much of the predicted noise is taken away. */
    private static double ofNoise(NoiseLevel from, NoiseLevel to) {
        double alpha = from.image() * from.image();
        double next = to.image() * to.image();
        return -(next - alpha) / (alpha * to.noise() + from.image() * from.noise() * to.image());
    }

    /**
     * Weights of this step's output and of those one, two, … steps before: Adams–Bashforth of growing order. The
     * correction's own output is not used again, so that the steps after it look past it.
     */
    private static double[] outputs(int counter) {
        return switch (counter) {
            case 0 -> new double[] {1};
            case 1 -> new double[] {1 / 2.0, 1 / 2.0};
            case 2 -> new double[] {3 / 2.0, 0, -1 / 2.0};
            case 3 -> new double[] {23 / 12.0, -16 / 12.0, 0, 5 / 12.0};
            case 4 -> new double[] {55 / 24.0, -59 / 24.0, 37 / 24.0, 0, -9 / 24.0};
            default -> new double[] {55 / 24.0, -59 / 24.0, 37 / 24.0, -9 / 24.0};
        };
    }
}
