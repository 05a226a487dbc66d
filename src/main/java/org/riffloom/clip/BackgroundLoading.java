package org.riffloom.clip;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the model on a thread of its own, so that the page is there meanwhile. */
final class BackgroundLoading implements ModelLoading, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BackgroundLoading.class);

    private final CompletableFuture<DiffusionClips> clips = new CompletableFuture<>();
    private final CompletableFuture<LoadedModel> model = clips.thenApply(DiffusionClips::model);

    BackgroundLoading(ModelProperties settings) {
        Thread thread = new Thread(() -> load(settings), "model-loading");
        thread.setDaemon(true);
        thread.start();
    }

    private void load(ModelProperties settings) {
        try {
            clips.complete(DiffusionClips.load(settings));
        } catch (RuntimeException | Error e) {
            // The message says what is wrong with the model; the trace only helps where it was not foreseen.
            log.error("The model {} could not be loaded: {}", settings.model(), e.getMessage());
            log.debug("Loading failed", e);
            clips.completeExceptionally(e);
        }
    }

    @Override
    public CompletionStage<LoadedModel> model() {
        return model;
    }

    /** Closes the model if it was loaded; one that still loads goes down with the process. */
    @Override
    public void close() {
        if (clips.isDone() && !clips.isCompletedExceptionally()) {
            clips.join().close();
        }
    }
}
