package org.riffloom.clip;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The model, which loads in the background while the server already answers. */
@FunctionalInterface
public interface ModelLoading {

    /** Completes once, when the model is ready, or exceptionally if it cannot be loaded. */
    CompletionStage<LoadedModel> model();

    /** How far the download is; empty while there is none. */
    default Optional<LoadingProgress> download() {
        return Optional.empty();
    }
}
