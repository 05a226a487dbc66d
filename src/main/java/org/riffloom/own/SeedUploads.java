package org.riffloom.own;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.riffloom.clip.OwnPictureProperties;
import org.riffloom.clip.OwnPictures;
import org.riffloom.clip.SeedImage;
import org.riffloom.preview.SeedImageAddresses;
import org.riffloom.web.Problems;
import org.riffloom.web.RequestBudget;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Takes the files in that listeners bring, and answers with seed images. */
@RestController
final class SeedUploads {

    /** About as long as a file takes to be made into a seed image. */
    private static final Duration A_MOMENT = Duration.ofSeconds(3);

    private final OwnPictures pictures;
    private final OwnPictureProperties properties;
    private final UploadLimits limits;
    private final SeedMaker maker;
    private final Reception reception;
    private final RequestBudget budget;
    private final Semaphore makers;

    SeedUploads(OwnPictures pictures, OwnPictureProperties properties, UploadLimits limits) {
        this.pictures = pictures;
        this.properties = properties;
        this.limits = limits;
        this.maker = new SeedMaker(limits);
        this.reception = new Reception(pictures, limits);
        this.budget = new RequestBudget(limits.perClient(), limits.all(), System::nanoTime);
        this.makers = new Semaphore(limits.makers(), true);
    }

    /** As the live protocol's {@code hello} has seed images. */
    record Answer(String id, String title, int beats, String image, String sound) {}

    /**
     * Makes the body of a request into a seed image. Nothing but the body and the address is looked at: whoever asks for a
     * parameter has the body read as a form where its type says that it is one.
     */
    @PostMapping("/seed-images")
    ResponseEntity<Answer> take(HttpServletRequest request) throws IOException {
        try {
            SeedImage image = reception.receive(request, file -> {
                Problems.admit(request, budget);
                double from = from(request.getQueryString());
                requireRoom();
                requireMaker();
                try {
                    return pictures.keep(maker.make(file, from));
                } finally {
                    makers.release();
                }
            });
            String picture = SeedImageAddresses.picture(image);
            return ResponseEntity.created(URI.create("/" + picture))
                    .cacheControl(CacheControl.noStore())
                    .body(new Answer(
                            image.id(), image.title(), image.beats(), picture, SeedImageAddresses.sound(image)));
        } catch (UnusableFileException e) {
            throw Problems.of(e.status(), String.valueOf(e.getMessage()));
        }
    }

    private static double from(@Nullable String query) {
        String text = UriComponentsBuilder.newInstance()
                .query(query == null ? "" : query)
                .build()
                .getQueryParams()
                .getFirst("from");
        try {
            double from = text == null ? 0 : Double.parseDouble(text);
            if (from >= 0 && from <= SeedMaker.LATEST_SECONDS) {
                return from;
            }
        } catch (NumberFormatException e) {
            // It is said below what would be right.
        }
        throw Problems.of(
                HttpStatus.BAD_REQUEST,
                "from is where the sound begins, in seconds; it must be a number from 0 to "
                        + (int) SeedMaker.LATEST_SECONDS + ".");
    }

    private void requireRoom() throws IOException {
        long bytes = pictures.all().stream().mapToLong(OwnPictures.Kept::bytes).sum();
        if (bytes >= properties.keepSize().toBytes()) {
            throw Problems.of(
                    HttpStatus.INSUFFICIENT_STORAGE,
                    "There is no room for more seed images; riffloom.own-images.keep-size sets how much there is.");
        }
    }

    private void requireMaker() {
        try {
            if (makers.tryAcquire(limits.maxWait().toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw Problems.later(
                HttpStatus.SERVICE_UNAVAILABLE,
                "Too many files are being made into seed images; try again in a moment.",
                A_MOMENT);
    }
}
