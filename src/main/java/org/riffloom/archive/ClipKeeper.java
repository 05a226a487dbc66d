package org.riffloom.archive;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.riffloom.archive.ArchivedClip.Origin;
import org.riffloom.archive.ClipArchive.Shared;
import org.riffloom.archive.ClipArchive.Swept;
import org.riffloom.clip.Clip;
import org.riffloom.clip.ClipId;
import org.riffloom.clip.HeardClips;
import org.riffloom.clip.LoadedModel;
import org.riffloom.clip.SeedImage;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.RiffDirection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Hands clips to the archive on a thread of its own, since nobody who listens should wait for a disk, and sweeps it.
 *
 * <p>Who shares what was just heard waits for the clips before it in line, so that none of them is missing.
 */
final class ClipKeeper implements HeardClips, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ClipKeeper.class);

    /** Of two thirds of a megabyte each; with more, the disk is too slow for as many listeners. */
    private static final int MAX_WAITING = 64;

    private static final int CLOSE_SECONDS = 10;

    private final ClipArchive archive;
    private final Clock clock;
    private final AtomicInteger waiting = new AtomicInteger();
    private final ScheduledExecutorService thread;

    ClipKeeper(ClipArchive archive, ArchiveProperties properties, Clock clock) {
        this.archive = archive;
        this.clock = clock;
        this.thread = Executors.newSingleThreadScheduledExecutor(new CustomizableThreadFactory("riffloom-archive-"));
        long every = properties.sweepEvery().toMillis();
        var unused = thread.scheduleWithFixedDelay(this::sweep, 0, every, TimeUnit.MILLISECONDS);
    }

    /** Keeps the clip, soon. */
    @Override
    public void heard(Clip clip, RiffDirection direction, LoadedModel model) {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            log.warn("The archive's disk is too slow: a clip was heard that cannot be shared");
            return;
        }
        Origin origin = new Origin(
                clip.recipe(), direction, model.info().name(), model.fingerprint(), seedImage(clip.recipe(), model));
        thread.execute(() -> {
            try {
                archive.keep(clip, origin, clock.instant());
            } catch (RuntimeException e) {
                log.error("A clip was heard that cannot be shared, since it could not be kept", e);
            } finally {
                waiting.decrementAndGet();
            }
        });
    }

    private static String seedImage(Interpolation recipe, LoadedModel model) {
        return model.seedImages().all().stream()
                .filter(image -> image.id().equals(recipe.seedImage()))
                .map(SeedImage::version)
                .findFirst()
                .orElse("");
    }

    /** Makes a link, after all clips were kept that were heard before. */
    CompletableFuture<Shared> share(List<ClipId> clips) {
        return CompletableFuture.supplyAsync(() -> archive.share(clips, clock.instant()), thread);
    }

    private void sweep() {
        try {
            Swept swept = archive.sweep(clock.instant());
            if (swept.clips() + swept.files() > 0) {
                log.info("Forgot {} clips that nobody shared, and deleted {} files", swept.clips(), swept.files());
            }
        } catch (RuntimeException e) {
            // The next one may succeed; an exception would end them all.
            log.error("The archive could not be swept", e);
        }
    }

    /** Keeps what is still in line. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                log.warn("The archive's disk was too slow for the last clips");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
