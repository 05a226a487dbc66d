package org.riffloom.cli;

import org.riffloom.clip.HubProperties;
import picocli.CommandLine.Option;

/** The options of a command that say where models are fetched from and kept. */
final class HubOptions {

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            defaultValue = "${env:RIFFLOOM_HUB_ENDPOINT:-}",
            description = "The hub's address (default: HF_ENDPOINT, or https://huggingface.co).")
    private String endpoint = "";

    @Option(
            names = "--cache",
            paramLabel = "FOLDER",
            defaultValue = "${env:RIFFLOOM_HUB_CACHE:-}",
            description = "Where fetched models are kept, together with those that Python's huggingface_hub fetched "
                    + "(default: HF_HUB_CACHE, or .cache/huggingface/hub in the home folder).")
    private String cache = "";

    HubProperties properties() {
        return new HubProperties(endpoint, cache);
    }
}
