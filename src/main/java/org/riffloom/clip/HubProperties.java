package org.riffloom.clip;

import org.riffloom.checkpoint.hub.HubSettings;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where models with a hub's name come from and where they are kept, {@code riffloom.hub.endpoint} and {@code .cache}.
 *
 * @param endpoint the hub's address; empty for {@code HF_ENDPOINT} or the public hub
 * @param cache folder of fetched models; empty for {@code HF_HUB_CACHE} or where Python's {@code huggingface_hub} keeps
 *     them
 */
public record HubProperties(
        @DefaultValue("") String endpoint, @DefaultValue("") String cache) {

    /** What the environment says. */
    public static final HubProperties USUAL = new HubProperties("", "");

    /**
     * Together with what the environment says.
     *
     * @throws IllegalArgumentException if the endpoint is no address
     */
    public HubSettings settings() {
        return HubSettings.of(endpoint, cache);
    }
}
