package org.riffloom.clip;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.riffloom.checkpoint.CheckpointException;
import org.riffloom.checkpoint.hub.HubException;

/** The model, which loads in the background while the server already answers. */
@FunctionalInterface
public interface ModelLoading {

    /** Completes once, when the model is ready, or exceptionally if it cannot be loaded. */
    CompletionStage<LoadedModel> model();

    /**
     * What to tell people when there will be no model: the reason, where it was written for them; it may name files of
     * this machine. Anything else is for the log alone.
     */
    default String unavailable() {
        CompletableFuture<LoadedModel> model = model().toCompletableFuture();
        Throwable failure = model.isCompletedExceptionally()
                ? model.handle((loaded, thrown) -> thrown).join()
                : null;
        Throwable reason =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return reason instanceof CheckpointException || reason instanceof HubException
                ? "The model could not be loaded. " + reason.getMessage()
                : "The model could not be loaded; the server's log says why.";
    }

    /** How far the download is; empty while there is none. */
    default Optional<LoadingProgress> download() {
        return Optional.empty();
    }
}
