package org.riffloom.checkpoint.hub;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the files of one commit into the cache, two at a time. */
final class Downloads {

    private static final Logger log = LoggerFactory.getLogger(Downloads.class);

    /** More would only take the bandwidth from each other, and more of the hub's patience. */
    private static final int AT_ONCE = 2;

    /** What a download must leave free on the disk. */
    private static final long SPARE_BYTES = 64_000_000;

    private final HubClient client;
    private final Patience patience;
    private final ToLongFunction<Path> freeBytes;
    private final HubId model;
    private final HubCache cache;
    private final String commit;

    Downloads(
            HubClient client,
            Patience patience,
            ToLongFunction<Path> freeBytes,
            HubId model,
            HubCache cache,
            String commit) {
        this.client = client;
        this.patience = patience;
        this.freeBytes = freeBytes;
        this.model = model;
        this.cache = cache;
        this.commit = commit;
    }

    /**
     * Waits until all blobs are in the cache and right.
     *
     * @throws HubException if one cannot be had, after the others have stopped
     * @throws IOException if the cache cannot be read or written
     */
    void run(List<HubFile> files, FetchListener listener) throws IOException {
        // Equal files are one blob.
        Map<Checksum, HubFile> blobs = new LinkedHashMap<>();
        files.forEach(file -> blobs.putIfAbsent(file.checksum(), file));
        long total = blobs.values().stream().mapToLong(HubFile::size).sum();
        TransferMeter meter = new TransferMeter(model.toString(), total, listener, System::nanoTime);
        List<HubFile> missing = new ArrayList<>();
        for (HubFile file : blobs.values()) {
            if (isThere(file)) {
                meter.found(file.size());
            } else {
                missing.add(file);
            }
        }
        if (missing.isEmpty()) {
            return;
        }
        Files.createDirectories(cache.blobs());
        long needed = 0;
        for (HubFile file : missing) {
            Path partial = cache.partial(file.checksum());
            long begun = Files.exists(partial) ? Files.size(partial) : 0;
            meter.found(begun);
            needed += Math.max(0, file.size() - begun);
        }
        requireRoom(needed);
        log.info("Fetching {}: {} of {}", model, ByteText.of(needed), ByteText.of(total));
        fetch(missing, meter);
    }

    private boolean isThere(HubFile file) throws IOException {
        Path blob = cache.blob(file.checksum());
        return Files.isRegularFile(blob)
                && Files.size(blob) == file.size()
                && file.checksum().matches(blob);
    }

    private void requireRoom(long needed) {
        long free = freeBytes.applyAsLong(cache.blobs());
        if (free - SPARE_BYTES < needed) {
            throw new HubException.NoRoom(
                    model.toString(),
                    "needs " + ByteText.of(needed) + " more in " + cache.blobs() + ", where " + ByteText.of(free)
                            + " are free (" + ByteText.of(SPARE_BYTES) + " of which should stay so). Make room, or set"
                            + " HF_HUB_CACHE to a folder on another disk.");
        }
    }

    private void fetch(List<HubFile> files, TransferMeter meter) {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, task -> {
            Thread thread = new Thread(task, "hub-fetch");
            thread.setDaemon(true);
            return thread;
        });
        AtomicBoolean stopped = new AtomicBoolean();
        try {
            ExecutorCompletionService<@Nullable Void> done = new ExecutorCompletionService<>(threads);
            for (HubFile file : files) {
                Download download =
                        new Download(client, patience, cache, model, file, address(file), meter, stopped::get);
                done.submit(download::run, null);
            }
            for (int i = 0; i < files.size(); i++) {
                done.take().get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HubException known) {
                throw known;
            }
            throw new IllegalStateException("a download failed unexpectedly", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HubException.Interrupted(model.toString(), "the download was stopped.");
        } finally {
            stopped.set(true);
            threads.shutdownNow();
            awaitEnd(threads);
        }
    }

    /** Nobody may write into the cache any more once this process lets go of its lock. */
    private void awaitEnd(ExecutorService threads) {
        try {
            if (!threads.awaitTermination(patience.silence().toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("A download of {} does not stop", model);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private URI address(HubFile file) {
        List<String> segments = new ArrayList<>(List.of(model.name().split("/", -1)));
        segments.add("resolve");
        segments.add(commit);
        segments.addAll(List.of(file.path().split("/", -1)));
        return client.address(segments.toArray(String[]::new));
    }
}
