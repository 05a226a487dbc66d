package org.riffloom.clip;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which model makes the clips, and where: {@code riffloom.data}, {@code .model}, {@code .device}, {@code .threads},
 * {@code .hub}.
 *
 * @param data folder for what the program keeps on disk; empty for the platform's own
 * @param model {@code riffloom-mini}, a folder in diffusers layout, or {@code owner/name} on a hub
 * @param device {@code auto}, {@code cpu} or {@code cuda:N}
 * @param threads of the network on a CPU; 0 for half the processors
 * @param hub where models with a hub's name come from
 */
@ConfigurationProperties("riffloom")
public record ModelProperties(
        @DefaultValue("") String data,
        @DefaultValue("riffloom-mini") String model,
        @DefaultValue("auto") String device,
        @DefaultValue("0") int threads,
        @DefaultValue HubProperties hub) {

    @ConstructorBinding
    public ModelProperties {
        if (threads < 0) {
            throw new IllegalArgumentException(
                    "riffloom.threads is " + threads + "; it must be 0 (half the processors) or a number of threads.");
        }
    }

    /** With the usual hub. */
    public ModelProperties(String data, String model, String device, int threads) {
        this(data, model, device, threads, HubProperties.USUAL);
    }
}
