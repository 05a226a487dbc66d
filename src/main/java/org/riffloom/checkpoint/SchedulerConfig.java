package org.riffloom.checkpoint;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A noise schedule and the solver that walks it, as {@code scheduler/scheduler_config.json} of diffusers describes
 * them. Settings that a file leaves out have the values that diffusers gives them for the named class.
 *
 * @param solver that walks the schedule
 * @param trainTimesteps number of noise levels, 1000 for Stable Diffusion
 * @param betaStart variance added at the first level
 * @param betaEnd variance added at the last
 * @param betaSchedule {@code linear} or {@code scaled_linear} (linear in the square root)
 * @param zeroTerminalSnr whether the schedule is rescaled to end in pure noise
 * @param prediction what the network predicts
 * @param spacing how the timesteps of a short walk are chosen
 * @param stepsOffset added to each timestep of {@link Spacing#LEADING}
 * @param alphaOneAtEnd whether the last step of DDIM and PNDM goes to no noise at all instead of to level 0
 * @param clipRange the predicted image is clamped to ± this; 0 for no clamping
 * @param solverOrder of DPM-Solver++, 1 or 2
 * @param heun whether DPM-Solver++ uses Heun's correction instead of the midpoint's
 * @param lowerOrderFinal whether a walk of fewer than 15 steps ends with a first-order step
 * @param eulerAtFinal whether every walk ends with a first-order step
 * @param zeroFinalSigma whether a walk of DPM-Solver++ or Euler ends at no noise instead of at level 0
 * @param karras whether the noise levels of DPM-Solver++ and Euler are spaced as Karras et al. (arXiv 2206.00364) do
 * @param originalSteps of the walk that an LCM was distilled from, of which it takes a few
 * @param timestepScaling how fast an LCM's boundary condition fades with the timestep
 */
public record SchedulerConfig(
        Solver solver,
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
        boolean zeroFinalSigma,
        boolean karras,
        int originalSteps,
        double timestepScaling) {

    /** The solvers that there are. */
    public enum Solver {
        DDIM("DDIMScheduler"),
        PNDM("PNDMScheduler"),
        DPM_SOLVER("DPMSolverMultistepScheduler"),
        EULER("EulerDiscreteScheduler"),
        EULER_ANCESTRAL("EulerAncestralDiscreteScheduler"),
        LCM("LCMScheduler");

        private final String className;

        Solver(String className) {
            this.className = className;
        }

        /** diffusers' name of it. */
        public String className() {
            return className;
        }

        /** Whether it counts noise levels as ratios of noise to image, which must be finite. */
        public boolean countsInSigmas() {
            return this == DPM_SOLVER || this == EULER || this == EULER_ANCESTRAL;
        }
    }

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
     * @param instead a solver to take the named one's place, with the file's settings as diffusers' {@code
     *     from_config} carries them over; {@code null} for the named one
     * @throws CheckpointException if the file cannot be read or asks for something that is not supported
     */
    public static SchedulerConfig read(Path path, @Nullable Solver instead) {
        ConfigFile file = ConfigFile.read(path);
        Solver solver = instead != null ? instead : named(file);
        refuseWhatIsNotWrittenHere(file, solver, instead != null);
        boolean lcm = solver == Solver.LCM;
        String betaSchedule = file.text("beta_schedule", lcm ? "scaled_linear" : "linear");
        file.requireAmong("beta_schedule", List.of(betaSchedule), List.of("linear", "scaled_linear"));
        Spacing spacing = solver.countsInSigmas() ? Spacing.LINSPACE : Spacing.LEADING;
        boolean clips = solver == Solver.DDIM || lcm;
        boolean clip = clips && file.flag("clip_sample", solver == Solver.DDIM);
        return new SchedulerConfig(
                solver,
                file.size("num_train_timesteps", 1000),
                file.number("beta_start", lcm ? 0.00085 : 0.0001),
                file.number("beta_end", lcm ? 0.012 : 0.02),
                betaSchedule,
                solver != Solver.PNDM && file.flag("rescale_betas_zero_snr", false),
                choice(file, "prediction_type", Prediction.values(), Prediction.EPSILON),
                choice(file, "timestep_spacing", Spacing.values(), spacing),
                file.integer("steps_offset", 0),
                file.flag("set_alpha_to_one", clips),
                clip ? file.number("clip_sample_range", 1) : 0,
                file.size("solver_order", 2),
                choice(file, "solver_type", new String[] {"midpoint", "heun"}, "midpoint")
                        .equals("heun"),
                file.flag("lower_order_final", true),
                file.flag("euler_at_final", false),
                choice(file, "final_sigmas_type", new String[] {"zero", "sigma_min"}, "zero")
                        .equals("zero"),
                file.flag("use_karras_sigmas", false),
                file.size("original_inference_steps", 50),
                file.number("timestep_scaling", 10));
    }

    /** The same but for the spacing of the noise levels. */
    public SchedulerConfig withKarras(boolean wanted) {
        return new SchedulerConfig(
                solver,
                trainTimesteps,
                betaStart,
                betaEnd,
                betaSchedule,
                zeroTerminalSnr,
                prediction,
                spacing,
                stepsOffset,
                alphaOneAtEnd,
                clipRange,
                solverOrder,
                heun,
                lowerOrderFinal,
                eulerAtFinal,
                zeroFinalSigma,
                wanted,
                originalSteps,
                timestepScaling);
    }

    private static Solver named(ConfigFile file) {
        String name = file.text("_class_name");
        for (Solver solver : Solver.values()) {
            if (solver.className().equals(name)) {
                return solver;
            }
        }
        throw new CheckpointException.Unsupported(
                file.path(),
                "_class_name is " + name + "; supported are "
                        + Arrays.stream(Solver.values()).map(Solver::className).toList()
                        + ". With riffloom.scheduler another one takes its place.");
    }

    private static void refuseWhatIsNotWrittenHere(ConfigFile file, Solver solver, boolean inPlaceOfAnother) {
        file.requireAbsent("trained_betas");
        file.requireOnly("thresholding", false);
        switch (solver) {
            case DDIM -> {}
            case LCM -> {
                int steps = file.size("original_inference_steps", 50);
                int levels = file.size("num_train_timesteps", 1000);
                if (steps > levels) {
                    throw new CheckpointException.Malformed(
                            file.path(),
                            "original_inference_steps is " + steps + "; there are " + levels + " timesteps.");
                }
            }
            case PNDM -> {
                requireNoise(file);
                // Its own configs ask for Runge-Kutta steps by leaving this out; those of others know nothing of it.
                if (!file.flag("skip_prk_steps", inPlaceOfAnother)) {
                    throw new CheckpointException.Unsupported(
                            file.path(), "skip_prk_steps is false; only true is supported.");
                }
            }
            case DPM_SOLVER -> refuseOtherDpmSolvers(file);
            case EULER -> {
                refuseOtherSigmas(file);
                file.requireOnly("interpolation_type", "linear");
                file.requireOnly("timestep_type", "discrete");
                file.requireAbsent("sigma_min");
                file.requireAbsent("sigma_max");
            }
            case EULER_ANCESTRAL -> requireNoise(file);
        }
    }

    private static void requireNoise(ConfigFile file) {
        file.requireAmong(
                "prediction_type",
                List.of(file.text("prediction_type", "epsilon")),
                List.of("epsilon", "v_prediction"));
    }

    private static void refuseOtherDpmSolvers(ConfigFile file) {
        refuseOtherSigmas(file);
        file.requireOnly("algorithm_type", "dpmsolver++");
        file.requireAbsent("variance_type");
        file.requireOnly("use_flow_sigmas", false);
        file.requireOnly("use_lu_lambdas", false);
        double lambda = file.number("lambda_min_clipped", Double.NEGATIVE_INFINITY);
        if (lambda != Double.NEGATIVE_INFINITY) {
            throw new CheckpointException.Unsupported(
                    file.path(), "lambda_min_clipped is " + lambda + "; only -Infinity is supported.");
        }
        int order = file.size("solver_order", 2);
        if (order > 2) {
            throw new CheckpointException.Unsupported(
                    file.path(), "solver_order is " + order + "; 1 and 2 are supported.");
        }
    }

    private static void refuseOtherSigmas(ConfigFile file) {
        file.requireOnly("use_exponential_sigmas", false);
        file.requireOnly("use_beta_sigmas", false);
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
