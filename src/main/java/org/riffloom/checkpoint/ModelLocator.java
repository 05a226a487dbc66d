package org.riffloom.checkpoint;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.riffloom.checkpoint.hub.FetchListener;
import org.riffloom.checkpoint.hub.HubId;
import org.riffloom.checkpoint.hub.HubModels;
import org.riffloom.checkpoint.hub.HubSettings;

/** Finds the folder of the model that a setting names. */
public final class ModelLocator {

    /** The name of the model that the program carries. */
    public static final String EMBEDDED = "riffloom-mini";

    private final EmbeddedModel embedded;
    private final Supplier<HubSettings> hub;

    /**
     * A locator; it touches nothing before it is asked.
     *
     * @param dataFolder where the embedded model is unpacked to, below {@code models}; created when needed
     * @param hub where models with a hub's name come from; only asked for when one is wanted
     */
    public ModelLocator(Path dataFolder, Supplier<HubSettings> hub) {
        this.embedded = new EmbeddedModel(EMBEDDED, dataFolder.resolve("models"));
        this.hub = hub;
    }

    /**
     * Resolves a model's name to a folder that can be mapped from disk. A model of a hub is fetched if it is not in the
     * cache; one that is there is used as it is, and the hub is not asked.
     *
     * @param model {@value #EMBEDDED}, the path of a folder in diffusers layout, or a hub's {@code owner/name}, which may
     *     end in {@code @revision}
     * @param half whether to fetch weights in half precision, where there are any
     * @param listener to the download, if there is one
     * @throws CheckpointException if there is no such folder, or the embedded model is missing from this build
     * @throws org.riffloom.checkpoint.hub.HubException if the model cannot be fetched
     */
    public Path locate(String model, BooleanSupplier half, FetchListener listener) {
        if (model.equals(EMBEDDED)) {
            return embedded.folder();
        }
        Path folder;
        try {
            folder = Path.of(model);
        } catch (InvalidPathException e) {
            throw unknown(Path.of("."), model);
        }
        if (Files.isDirectory(folder)) {
            return folder;
        }
        HubId id = HubId.parse(model).orElseThrow(() -> unknown(folder, model));
        HubModels models = new HubModels(hub.get());
        return models.find(id, new PipelineFiles(false))
                .orElseGet(() -> models.fetch(id, new PipelineFiles(half.getAsBoolean()), listener));
    }

    private static CheckpointException unknown(Path folder, String model) {
        return new CheckpointException.Missing(
                folder,
                "there is no model \"" + model + "\"; riffloom.model must be " + EMBEDDED
                        + ", the path of a folder in diffusers layout (with a model_index.json), or the name of a model on"
                        + " a hub, such as riffusion/riffusion-model-v1.");
    }
}
