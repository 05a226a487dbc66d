package org.riffloom.clip;

import org.jspecify.annotations.Nullable;
import org.riffloom.prompt.SchedulerName;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which model makes the clips, and where: {@code riffloom.data}, {@code .model}, {@code .device}, {@code .threads},
 * {@code .scheduler}.
 *
 * @param data folder for what the program keeps on disk; empty for the platform's own
 * @param model {@code riffloom-mini} or a folder in diffusers layout
 * @param device {@code auto}, {@code cpu} or {@code cuda:N}
 * @param threads of the network on a CPU; 0 for half the processors
 * @param scheduler by name, for requests that name none; empty for the one that the model names
 */
@ConfigurationProperties("riffloom")
public record ModelProperties(
        @DefaultValue("") String data,
        @DefaultValue("riffloom-mini") String model,
        @DefaultValue("auto") String device,
        @DefaultValue("0") int threads,
        @DefaultValue("") String scheduler) {

    public ModelProperties {
        if (threads < 0) {
            throw new IllegalArgumentException(
                    "riffloom.threads is " + threads + "; it must be 0 (half the processors) or a number of threads.");
        }
        if (!scheduler.isEmpty()) {
            // Says which there are, at start and not at the first clip.
            SchedulerName.of(scheduler);
        }
    }

    /** The scheduler in place of the model's own, or {@code null} for that. */
    @Nullable
    SchedulerName schedulerName() {
        return scheduler.isEmpty() ? null : SchedulerName.of(scheduler);
    }
}
