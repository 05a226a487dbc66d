package org.riffloom.clip;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which model makes the clips, and where: {@code riffloom.data}, {@code .model}, {@code .device}, {@code .threads}.
 *
 * @param data folder for what the program keeps on disk; empty for the platform's own
 * @param model {@code riffloom-mini} or a folder in diffusers layout
 * @param device {@code auto}, {@code cpu} or {@code cuda:N}
 * @param threads of the network on a CPU; 0 for half the processors
 */
@ConfigurationProperties("riffloom")
public record ModelProperties(
        @DefaultValue("") String data,
        @DefaultValue("riffloom-mini") String model,
        @DefaultValue("auto") String device,
        @DefaultValue("0") int threads) {

    public ModelProperties {
        if (threads < 0) {
            throw new IllegalArgumentException(
                    "riffloom.threads is " + threads + "; it must be 0 (half the processors) or a number of threads.");
        }
    }
}
