package org.riffloom.diffusion;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.riffloom.checkpoint.SchedulerConfig;

/** Which of the noise levels of training a short walk visits, from the noisiest; as diffusers chooses them. */
final class Timesteps {

    private Timesteps() {}

    /** For DDIM and PNDM: the last one's step leads out of the range. */
    static int[] ddim(SchedulerConfig config, int steps) {
        int levels = config.trainTimesteps();
        return switch (config.spacing()) {
            case LEADING -> multiples(levels / steps, steps - 1, 0, config.stepsOffset(), levels);
            case TRAILING -> trailing(levels, steps);
            case LINSPACE -> linspace(levels, steps, steps);
        };
    }

    /** For DPM-Solver++: as if there were one step more, without its last. */
    static int[] dpmSolver(SchedulerConfig config, int steps) {
        int levels = config.trainTimesteps();
        return switch (config.spacing()) {
            case LEADING -> multiples(levels / (steps + 1), steps, 1, config.stepsOffset(), levels);
            case TRAILING -> trailing(levels, steps);
            case LINSPACE -> linspace(levels, steps + 1, steps);
        };
    }

    /** For Euler's method: the same, but where they are spaced evenly they are not rounded. */
    static double[] euler(SchedulerConfig config, int steps) {
        if (config.spacing() != SchedulerConfig.Spacing.LINSPACE) {
            return Arrays.stream(ddim(config, steps)).asDoubleStream().toArray();
        }
        double step = steps > 1 ? (config.trainTimesteps() - 1.0) / (steps - 1) : 0;
        return IntStream.range(0, steps)
                .mapToDouble(i -> (float) ((steps - 1 - i) * step))
                .toArray();
    }

    private static int[] multiples(int ratio, int highest, int lowest, int offset, int levels) {
        int[] timesteps = new int[highest - lowest + 1];
        for (int i = 0; i < timesteps.length; i++) {
            // Only with an offset and as many steps as levels would this leave the range.
            timesteps[i] = Math.min((highest - i) * ratio + offset, levels - 1);
        }
        return timesteps;
    }

    private static int[] trailing(int levels, int steps) {
        double ratio = (double) levels / steps;
        int[] timesteps = new int[steps];
        for (int i = 0; i < steps; i++) {
            timesteps[i] = (int) Math.rint(levels - i * ratio) - 1;
        }
        return timesteps;
    }

    private static int[] linspace(int levels, int points, int kept) {
        double step = points > 1 ? (levels - 1.0) / (points - 1) : 0;
        int[] timesteps = new int[kept];
        for (int i = 0; i < kept; i++) {
            timesteps[i] = (int) Math.rint((points - 1 - i) * step);
        }
        return timesteps;
    }
}
