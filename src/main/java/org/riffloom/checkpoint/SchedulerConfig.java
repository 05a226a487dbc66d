package org.riffloom.checkpoint;

import java.nio.file.Path;
import java.util.List;

/**
 * A noise schedule and the solver that walks it, as {@code scheduler/scheduler_config.json} of diffusers describes
 * them. Settings that a file leaves out have the values that diffusers gives them for the named class.
 *
 * @param className diffusers' name of the solver, such as {@code DDIMScheduler}
 * @param trainTimesteps number of noise levels, 1000 for Stable Diffusion
 * @param betaStart variance added at the first level
 * @param betaEnd variance added at the last
 * @param betaSchedule {@code linear} or {@code scaled_linear} (linear in the square root)
 * @param zeroTerminalSnr whether the schedule is rescaled to end in pure noise
 * @param prediction what the network predicts
 * @param spacing how the timesteps of a short walk are chosen
 * @param stepsOffset added to each timestep of {@link Spacing#LEADING}
 * @param alphaOneAtEnd whether the last DDIM step goes to no noise at all instead of to level 0
 * @param clipRange the predicted image is clamped to ± this; 0 for no clamping
 * @param solverOrder of DPM-Solver++, 1 or 2
 * @param heun whether DPM-Solver++ uses Heun's correction instead of the midpoint's
 * @param lowerOrderFinal whether a walk of fewer than 15 steps ends with a first-order step
 * @param eulerAtFinal whether every walk ends with a first-order step
 * @param zeroFinalSigma whether a DPM-Solver++ walk ends at no noise instead of at level 0
 */
public record SchedulerConfig(
        String className,
        int trainTimesteps,
        double betaStart,
        double betaEnd,
        String betaSchedule,
        boolean zeroTerminalSnr,
        Prediction prediction,
        Spacing spacing,
        int stepsOffset,
        boolean alphaOneAtEnd,
        double clipRange,
        int solverOrder,
        boolean heun,
        boolean lowerOrderFinal,
        boolean eulerAtFinal,
        boolean zeroFinalSigma) {

    /** diffusers' name of DPM-Solver++ in its multistep form. */
    public static final String DPM_SOLVER = "DPMSolverMultistepScheduler";

    /** diffusers' name of DDIM. */
    public static final String DDIM = "DDIMScheduler";

    /** What the network predicts: the noise, the image, or the velocity √ᾱ·noise − √(1−ᾱ)·image. */
    public enum Prediction {
        EPSILON,
        SAMPLE,
        V_PREDICTION
    }

    /** The three ways to thin out the timesteps of training, table 2 of arXiv 2305.08891. */
    public enum Spacing {
        LEADING,
        TRAILING,
        LINSPACE
    }

    /**
     * Reads a scheduler's config.
     *
     * @throws CheckpointException if the file cannot be read or asks for something that is not supported
     */
    public static SchedulerConfig read(Path path) {
        ConfigFile file = ConfigFile.read(path);
        String className = file.text("_class_name");
        boolean dpm = className.equals(DPM_SOLVER);
        refuseOtherSolvers(file, dpm);
        String betaSchedule = file.text("beta_schedule", "linear");
        file.requireAmong("beta_schedule", List.of(betaSchedule), List.of("linear", "scaled_linear"));
        boolean clip = file.flag("clip_sample", className.equals(DDIM)) && !dpm;
        int solverOrder = file.size("solver_order", 2);
        if (dpm && solverOrder > 2) {
            throw new CheckpointException.Unsupported(
                    path, "solver_order is " + solverOrder + "; 1 and 2 are supported.");
        }
        return new SchedulerConfig(
                className,
                file.size("num_train_timesteps", 1000),
                file.number("beta_start", 0.0001),
                file.number("beta_end", 0.02),
                betaSchedule,
                file.flag("rescale_betas_zero_snr", false),
                choice(file, "prediction_type", Prediction.values(), Prediction.EPSILON),
                choice(file, "timestep_spacing", Spacing.values(), dpm ? Spacing.LINSPACE : Spacing.LEADING),
                file.integer("steps_offset", 0),
                file.flag("set_alpha_to_one", className.equals(DDIM)),
                clip ? file.number("clip_sample_range", 1) : 0,
                solverOrder,
                choice(file, "solver_type", new String[] {"midpoint", "heun"}, "midpoint")
                        .equals("heun"),
                file.flag("lower_order_final", true),
                file.flag("euler_at_final", false),
                choice(file, "final_sigmas_type", new String[] {"zero", "sigma_min"}, "zero")
                        .equals("zero"));
    }

    private static void refuseOtherSolvers(ConfigFile file, boolean dpm) {
        file.requireAbsent("trained_betas");
        file.requireOnly("thresholding", false);
        if (dpm) {
            file.requireOnly("algorithm_type", "dpmsolver++");
            file.requireAbsent("variance_type");
            for (String sigmas : List.of("karras", "exponential", "beta", "flow")) {
                file.requireOnly("use_" + sigmas + "_sigmas", false);
            }
            file.requireOnly("use_lu_lambdas", false);
            double lambda = file.number("lambda_min_clipped", Double.NEGATIVE_INFINITY);
            if (lambda != Double.NEGATIVE_INFINITY) {
                throw new CheckpointException.Unsupported(
                        file.path(), "lambda_min_clipped is " + lambda + "; only -Infinity is supported.");
            }
        }
    }

    private static <T> T choice(ConfigFile file, String name, T[] choices, T fallback) {
        String found = file.text(name, fallback.toString());
        for (T choice : choices) {
            if (choice.toString().equalsIgnoreCase(found)) {
                return choice;
            }
        }
        throw new CheckpointException.Unsupported(
                file.path(), name + " is " + found + "; supported are " + List.of(choices) + ".");
    }
}
