package org.riffloom.preview;

import java.time.Duration;
import java.util.Optional;
import org.riffloom.clip.EncodedMedia;
import org.riffloom.clip.ModelLoading;
import org.riffloom.clip.OwnPictures;
import org.riffloom.clip.SeedImage;
import org.riffloom.clip.SeedImages;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the seed images. A picture that is asked for with its version may be kept for ever, because another picture
 * has another version. The sound also depends on how this release makes it, so it is asked for again each time, and
 * answered with 304 as long as it is the same.
 */
@RestController
final class SeedImageController {

    private static final CacheControl FOREVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    /** A listener's own never changes either, but is nobody else's business; and it may be forgotten. */
    private static final CacheControl OWN =
            CacheControl.maxAge(Duration.ofHours(1)).cachePrivate().immutable();

    private final ModelLoading loading;

    SeedImageController(ModelLoading loading) {
        this.loading = loading;
    }

    @GetMapping(SeedImageAddresses.PICTURE)
    ResponseEntity<byte[]> picture(
            @PathVariable String id, @RequestParam(name = "v", defaultValue = "") String version) {
        SeedImages images = ReadyModel.of(loading).seedImages();
        EncodedMedia picture = found(id, images, images.picture(id));
        boolean current = picture.fingerprint().equals(version);
        return answer(picture, OwnPictures.isOne(id) ? OWN : current ? FOREVER : CacheControl.noCache());
    }

    @GetMapping(SeedImageAddresses.SOUND)
    ResponseEntity<byte[]> sound(@PathVariable String id) {
        SeedImages images = ReadyModel.of(loading).seedImages();
        return answer(found(id, images, images.sound(id)), CacheControl.noCache());
    }

    private static ResponseEntity<byte[]> answer(EncodedMedia media, CacheControl cache) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(media.mediaType()))
                .cacheControl(cache)
                .eTag(media.fingerprint())
                .body(media.toArray());
    }

    private static EncodedMedia found(String id, SeedImages images, Optional<EncodedMedia> media) {
        return media.orElseThrow(() -> ReadyModel.problem(
                HttpStatus.NOT_FOUND,
                "There is no seed image \"" + id + "\"; there are "
                        + images.all().stream().map(SeedImage::id).toList() + "."));
    }
}
