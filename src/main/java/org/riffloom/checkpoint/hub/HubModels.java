package org.riffloom.checkpoint.hub;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** The models of a hub: fetches them, and finds those that were fetched. */
public final class HubModels {

    private final HubSettings settings;
    private final Patience patience;
    private final ToLongFunction<Path> freeBytes;
    private final HubClient client;

    public HubModels(HubSettings settings) {
        this(settings, Patience.DEFAULT, HubModels::usableBytes);
    }

    HubModels(HubSettings settings, Patience patience, ToLongFunction<Path> freeBytes) {
        this.settings = settings;
        this.patience = patience;
        this.freeBytes = freeBytes;
        this.client = new HubClient(settings, patience);
    }

    private static long usableBytes(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            // Whoever cannot say how much there is will say when there is no more.
            return Long.MAX_VALUE;
        }
    }

    /**
     * Finds a model in the cache, without asking the hub.
     *
     * @return the folder of a snapshot with all files that are needed; empty if there is none
     */
    public Optional<Path> find(HubId model, FileChoice choice) {
        HubCache cache = new HubCache(settings.cache(), model);
        try {
            Optional<Path> snapshot = cache.commit(model.revision()).map(cache::snapshot);
            return snapshot.isPresent() && suits(snapshot.get(), choice) ? snapshot : Optional.empty();
        } catch (IOException e) {
            throw new HubException.NoRoom(model.toString(), e);
        }
    }

    private static boolean suits(Path snapshot, FileChoice choice) throws IOException {
        Set<String> files = HubCache.files(snapshot);
        return !files.isEmpty() && choice.choose(files).missing().isEmpty();
    }

    /**
     * Asks the hub what a revision means now, and gets whatever of it is not in the cache. What is there is read and
     * must have the right hash, or it is fetched again.
     *
     * @return the folder of the commit's snapshot
     * @throws HubException if the model cannot be had; what has come so far is kept for the next time
     */
    public Path fetch(HubId model, FileChoice choice, FetchListener listener) {
        if (settings.offline()) {
            throw new HubException.Unreachable(
                    model.toString(), "is not in " + settings.cache() + ", and HF_HUB_OFFLINE forbids to fetch it.");
        }
        HubRevision found = new HubCatalog(client, patience).look(model);
        FileChoice.Chosen chosen = choice.choose(found.files().keySet());
        if (!chosen.missing().isEmpty()) {
            throw new HubException.Unsuitable(
                    model.toString(), "lacks " + String.join(", ", chosen.missing()) + ", which is needed.");
        }
        HubCache cache = new HubCache(settings.cache(), model);
        List<HubFile> files = chosen.files().stream()
                .flatMap(path -> Stream.ofNullable(found.files().get(path)))
                // Two at most are fetched at a time: the large ones should not wait for each other at the end.
                .sorted(Comparator.comparingLong(HubFile::size).reversed())
                .toList();
        try (FileChannel lock = cache.lock()) {
            if (lock == null) {
                throw new HubException.Interrupted(
                        model.toString(), "is being fetched by another process; try again when it has finished.");
            }
            new Downloads(client, patience, freeBytes, model, cache, found.commit()).run(files, listener);
            for (HubFile file : files) {
                cache.link(found.commit(), file);
            }
            cache.remember(model.revision(), found.commit());
        } catch (IOException e) {
            throw new HubException.NoRoom(model.toString(), e);
        }
        return cache.snapshot(found.commit());
    }
}
