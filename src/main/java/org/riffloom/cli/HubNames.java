package org.riffloom.cli;

import org.jspecify.annotations.Nullable;
import org.riffloom.checkpoint.hub.HubId;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** How commands are told which model of a hub is meant. */
final class HubNames {

    private HubNames() {}

    /**
     * Reads {@code owner/name} or {@code owner/name@revision}.
     *
     * @throws ParameterException if it is neither, or two revisions are given
     */
    static HubId parse(String id, @Nullable String revision, CommandLine line) {
        HubId model = HubId.parse(id)
                .orElseThrow(() -> new ParameterException(
                        line, "\"" + id + "\" is no model on a hub; it must look like riffusion/riffusion-model-v1."));
        if (revision == null) {
            return model;
        }
        if (id.contains("@")) {
            throw new ParameterException(line, "The revision is given twice, in " + id + " and as " + revision + ".");
        }
        try {
            return model.at(revision);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(line, e.getMessage());
        }
    }
}
