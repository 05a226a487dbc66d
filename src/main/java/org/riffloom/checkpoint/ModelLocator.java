package org.riffloom.checkpoint;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Finds the folder of the model that a setting names. */
public final class ModelLocator {

    /** The name of the model that the program carries. */
    public static final String EMBEDDED = "riffloom-mini";

    private final EmbeddedModel embedded;

    /** @param dataFolder where the embedded model is unpacked to, below {@code models}; created when needed */
    public ModelLocator(Path dataFolder) {
        this(new EmbeddedModel(EMBEDDED, dataFolder.resolve("models")));
    }

    ModelLocator(EmbeddedModel embedded) {
        this.embedded = embedded;
    }

    /**
     * Resolves a model's name to a folder that can be mapped from disk.
     *
     * @param model {@value #EMBEDDED}, or the path of a folder in diffusers layout
     * @throws CheckpointException if there is no such folder, or the embedded model is missing from this build
     */
    public Path locate(String model) {
        if (model.equals(EMBEDDED)) {
            return embedded.folder();
        }
        Path folder;
        try {
            folder = Path.of(model);
        } catch (InvalidPathException e) {
            throw unknown(Path.of("."), model);
        }
        if (!Files.isDirectory(folder)) {
            throw unknown(folder, model);
        }
        return folder;
    }

    private static CheckpointException unknown(Path folder, String model) {
        return new CheckpointException.Missing(
                folder,
                "there is no model \"" + model + "\"; riffloom.model must be " + EMBEDDED
                        + " or the path of a folder in diffusers layout (with a model_index.json).");
    }
}
