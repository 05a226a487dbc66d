package org.riffloom.preview;

import java.util.concurrent.CompletableFuture;
import org.riffloom.clip.EncodedMedia;
import org.riffloom.clip.LoadedModel;
import org.riffloom.clip.MaskImages;
import org.riffloom.clip.ModelLoading;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the masks that come with the model, to be looked at before one is chosen. They are asked for again each time, and
 * answered with 304 as long as they are the same.
 */
@RestController
final class MaskImageController {

    private static final String RETRY_SECONDS = "2";

    private final ModelLoading loading;

    MaskImageController(ModelLoading loading) {
        this.loading = loading;
    }

    @GetMapping("/mask-images/{id}.png")
    ResponseEntity<byte[]> picture(@PathVariable String id) {
        MaskImages masks = masks();
        EncodedMedia picture = masks.picture(id)
                .orElseThrow(() -> problem(
                        HttpStatus.NOT_FOUND, "The model has no mask \"" + id + "\"; hello.maskImages has them."));
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(picture.mediaType()))
                .cacheControl(CacheControl.noCache())
                .eTag(picture.fingerprint())
                .body(picture.toArray());
    }

    private MaskImages masks() {
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
        return model.join().maskImages();
    }

    private static ErrorResponseException problem(HttpStatus status, String detail) {
        return new ErrorResponseException(status, ProblemDetail.forStatusAndDetail(status, detail), null);
    }
}
