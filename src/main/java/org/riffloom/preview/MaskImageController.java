package org.riffloom.preview;

import org.riffloom.clip.EncodedMedia;
import org.riffloom.clip.MaskImages;
import org.riffloom.clip.ModelLoading;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the masks that come with the model, to be looked at before one is chosen. They are asked for again each time, and
 * answered with 304 as long as they are the same.
 */
@RestController
final class MaskImageController {

    private final ModelLoading loading;

    MaskImageController(ModelLoading loading) {
        this.loading = loading;
    }

    @GetMapping("/mask-images/{id}.png")
    ResponseEntity<byte[]> picture(@PathVariable String id) {
        MaskImages masks = ReadyModel.of(loading).maskImages();
        EncodedMedia picture = masks.picture(id)
                .orElseThrow(() -> ReadyModel.problem(
                        HttpStatus.NOT_FOUND, "The model has no mask \"" + id + "\"; hello.maskImages has them."));
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(picture.mediaType()))
                .cacheControl(CacheControl.noCache())
                .eTag(picture.fingerprint())
                .body(picture.toArray());
    }
}
