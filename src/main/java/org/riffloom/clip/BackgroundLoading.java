package org.riffloom.clip;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.riffloom.checkpoint.hub.FetchProgress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the model on a thread of its own, so that the page is there meanwhile. */
final class BackgroundLoading implements ModelLoading, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BackgroundLoading.class);

    /** How often the log says how far a download is. */
    private static final long LOG_NANOS = Duration.ofSeconds(15).toNanos();

    private final CompletableFuture<DiffusionClips> clips = new CompletableFuture<>();
    private final CompletableFuture<LoadedModel> model = clips.thenApply(DiffusionClips::model);
    private final AtomicLong loggedAt = new AtomicLong(System.nanoTime());
    private volatile @Nullable FetchProgress fetch;

    BackgroundLoading(ModelProperties settings, OwnPictures own) {
        Thread thread = new Thread(() -> load(settings, own), "model-loading");
        thread.setDaemon(true);
        thread.start();
    }

    private void load(ModelProperties settings, OwnPictures own) {
        try {
            clips.complete(DiffusionClips.load(settings, own, this::fetched));
        } catch (RuntimeException | Error e) {
            // The message says what is wrong with the model; the trace only helps where it was not foreseen.
            log.error("The model {} could not be loaded: {}", settings.model(), e.getMessage());
            log.debug("Loading failed", e);
            clips.completeExceptionally(e);
        }
    }

    private void fetched(FetchProgress progress) {
        fetch = progress;
        long now = System.nanoTime();
        long before = loggedAt.get();
        if (now - before >= LOG_NANOS && loggedAt.compareAndSet(before, now)) {
            log.info("Fetching {}: {}", progress.model(), progress);
        }
    }

    @Override
    public Optional<LoadingProgress> download() {
        FetchProgress latest = fetch;
        if (latest == null || latest.bytes() == latest.totalBytes()) {
            return Optional.empty();
        }
        Duration left = latest.left();
        return Optional.of(new LoadingProgress(
                latest.model(),
                latest.bytes(),
                latest.totalBytes(),
                (long) latest.bytesPerSecond(),
                left == null ? null : left.toSeconds()));
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
