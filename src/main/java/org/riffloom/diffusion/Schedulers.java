package org.riffloom.diffusion;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.riffloom.checkpoint.CheckpointException;
import org.riffloom.checkpoint.ModelFolder;
import org.riffloom.checkpoint.SchedulerConfig;
import org.riffloom.checkpoint.SchedulerConfig.Solver;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.prompt.SchedulerName;

/** The schedulers of one model: its own, and others on the same noise schedule. */
final class Schedulers {

    private final ModelFolder model;
    private final Scheduler own;
    private final Map<SchedulerName, Scheduler> others = new EnumMap<>(SchedulerName.class);

    Schedulers(ModelFolder model) {
        this.model = model;
        this.own = Scheduler.of(model.scheduler());
    }

    /** Opens a model with the scheduler of this name as its own, or with the one that it names for {@code null}. */
    static ModelFolder open(Path folder, @Nullable SchedulerName name) {
        if (name == null) {
            return ModelFolder.open(folder);
        }
        ModelFolder model = ModelFolder.open(folder, solver(name));
        return model.withScheduler(named(model.scheduler(), name));
    }

    /**
     * Finds a scheduler; {@code null} is the model's own.
     *
     * @throws InvalidRequestException if it does not go with the model
     */
    synchronized Scheduler named(@Nullable SchedulerName name) {
        return name == null ? own : others.computeIfAbsent(name, this::read);
    }

    private Scheduler read(SchedulerName name) {
        try {
            return Scheduler.of(named(model.schedulerWith(solver(name)), name));
        } catch (CheckpointException.Unsupported e) {
            throw new InvalidRequestException(
                    "scheduler", "The scheduler " + name + " does not go with this model: " + e.getMessage());
        }
    }

    /** Of two names for one solver, the spacing is what they differ in. */
    private static SchedulerConfig named(SchedulerConfig config, SchedulerName name) {
        return switch (name) {
            case DPM_SOLVER -> config.withKarras(false);
            case DPM_SOLVER_KARRAS -> config.withKarras(true);
            default -> config;
        };
    }

    private static Solver solver(SchedulerName name) {
        return switch (name) {
            case DDIM -> Solver.DDIM;
            case PNDM -> Solver.PNDM;
            case DPM_SOLVER, DPM_SOLVER_KARRAS -> Solver.DPM_SOLVER;
            case EULER -> Solver.EULER;
            case EULER_ANCESTRAL -> Solver.EULER_ANCESTRAL;
            case LCM -> Solver.LCM;
        };
    }
}
