package org.riffloom.own;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.riffloom.clip.KeptClips;
import org.riffloom.clip.OwnPictureProperties;
import org.riffloom.clip.OwnPictures;
import org.riffloom.clip.OwnPictures.Kept;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Forgets seed images that nobody uses any more. Those stay that a clip was made from which can still be shared or gone on
 * from, and those of the last hour, whose clips may be on their way to the archive.
 */
final class Sweeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

    private static final Duration YOUTH = Duration.ofHours(1);

    /** Between two sweeps there must be room for new ones. */
    private static final double FULL = 0.75;

    private static final int CLOSE_SECONDS = 10;

    private final OwnPictures pictures;
    private final OwnPictureProperties properties;
    private final KeptClips clips;
    private final Clock clock;
    private final ScheduledExecutorService thread;

    Sweeper(OwnPictures pictures, OwnPictureProperties properties, KeptClips clips, Clock clock) {
        this.pictures = pictures;
        this.properties = properties;
        this.clips = clips;
        this.clock = clock;
        this.thread = Executors.newSingleThreadScheduledExecutor(new CustomizableThreadFactory("riffloom-own-"));
        long every = properties.sweepEvery().toMillis();
        var unused = thread.scheduleWithFixedDelay(this::sweepNow, every, every, TimeUnit.MILLISECONDS);
    }

    private void sweepNow() {
        try {
            int forgotten = sweep(clock.instant());
            if (forgotten > 0) {
                log.info("Forgot {} seed images that nobody uses", forgotten);
            }
        } catch (IOException | RuntimeException e) {
            // The next one may succeed; an exception would end them all.
            log.error("The seed images of listeners could not be swept", e);
        }
    }

    /** Forgets what is too old or too much; returns how many. */
    int sweep(Instant now) throws IOException {
        Set<String> named = clips.ownSeedImages();
        List<Kept> all = pictures.all();
        List<Kept> unused = all.stream()
                .filter(kept -> !named.contains(kept.id()) && kept.usedAt().isBefore(now.minus(YOUTH)))
                .sorted(Comparator.comparing(Kept::usedAt))
                .toList();
        double left = all.stream().mapToLong(Kept::bytes).sum();
        int forgotten = 0;
        for (Kept kept : unused) {
            boolean old = kept.usedAt().isBefore(now.minus(properties.keepFor()));
            boolean tooMuch = left > FULL * properties.keepSize().toBytes();
            if ((old || tooMuch) && pictures.forget(kept)) {
                left -= kept.bytes();
                forgotten++;
            }
        }
        pictures.clean(now.minus(YOUTH));
        return forgotten;
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                log.warn("The seed images of listeners are still being swept");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
