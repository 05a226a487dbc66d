package org.riffloom.preview;

import java.util.concurrent.CompletableFuture;
import org.riffloom.clip.LoadedModel;
import org.riffloom.clip.ModelLoading;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** The model, or a problem that says why it is not there. */
final class ReadyModel {

    private static final String RETRY_SECONDS = "2";

    private ReadyModel() {}

    /** @throws ErrorResponseException of status 503 while it loads, or if it could not be loaded */
    static LoadedModel of(ModelLoading loading) {
        CompletableFuture<LoadedModel> model = loading.model().toCompletableFuture();
        if (model.isCompletedExceptionally()) {
            throw problem(HttpStatus.SERVICE_UNAVAILABLE, loading.unavailable());
        }
        if (!model.isDone()) {
            ErrorResponseException problem =
                    problem(HttpStatus.SERVICE_UNAVAILABLE, "The model is still loading; try again in a moment.");
            problem.getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
            throw problem;
        }
        return model.join();
    }

    static ErrorResponseException problem(HttpStatus status, String detail) {
        return new ErrorResponseException(status, ProblemDetail.forStatusAndDetail(status, detail), null);
    }
}
