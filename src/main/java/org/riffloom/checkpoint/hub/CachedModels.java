package org.riffloom.checkpoint.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.riffloom.checkpoint.hub.Verification.Outcome;

/** What is in the cache, whoever fetched it. Asks no hub. */
public final class CachedModels {

    private final Path cache;

    /** @param cache folder in the layout of {@code huggingface_hub}; it need not exist */
    public CachedModels(Path cache) {
        this.cache = cache;
    }

    /**
     * Every snapshot of every model that has a file of this name; other kinds of models are kept in the same cache.
     *
     * @throws IOException if the cache cannot be read
     */
    public List<CachedModel> having(String file) throws IOException {
        List<CachedModel> found = new ArrayList<>();
        if (!Files.isDirectory(cache)) {
            return found;
        }
        try (Stream<Path> folders = Files.list(cache)) {
            for (Path folder : folders.sorted().toList()) {
                Optional<HubId> model = HubCache.model(folder.getFileName().toString());
                if (model.isPresent()) {
                    addSnapshots(model.get(), file, found);
                }
            }
        }
        return found;
    }

    /** The snapshot that a revision meant when it was fetched. */
    public Optional<CachedModel> find(HubId model) throws IOException {
        HubCache kept = new HubCache(cache, model);
        Optional<String> commit = kept.commit(model.revision());
        return commit.isPresent() && Files.isDirectory(kept.snapshot(commit.get()))
                ? Optional.of(snapshot(model, kept, commit.get()))
                : Optional.empty();
    }

    /** The model whose snapshot a folder is, as {@code owner/name}; empty for any other folder. */
    public static Optional<String> nameOf(Path folder) {
        Path snapshots = folder.getParent();
        if (snapshots == null || !snapshots.endsWith("snapshots") || snapshots.getParent() == null) {
            return Optional.empty();
        }
        Path model = snapshots.getParent().getFileName();
        return model == null
                ? Optional.empty()
                : HubCache.model(model.toString()).map(HubId::name);
    }

    private void addSnapshots(HubId model, String file, List<CachedModel> found) throws IOException {
        HubCache kept = new HubCache(cache, model);
        for (String commit : kept.commits()) {
            if (Files.isRegularFile(kept.snapshot(commit).resolve(file))) {
                found.add(snapshot(model, kept, commit));
            }
        }
    }

    private static CachedModel snapshot(HubId model, HubCache kept, String commit) throws IOException {
        Path folder = kept.snapshot(commit);
        long bytes = 0;
        for (String path : HubCache.files(folder)) {
            bytes += Files.size(folder.resolve(path));
        }
        List<String> revisions = kept.refs().entrySet().stream()
                .filter(ref -> ref.getValue().equals(commit))
                .map(Map.Entry::getKey)
                .toList();
        return new CachedModel(model.name(), commit, revisions, folder, bytes);
    }

    /**
     * Reads one file of a snapshot and holds it against the hash that it is named after.
     *
     * @param path one of {@link #files(CachedModel)}
     */
    public Verification verify(CachedModel model, String path) throws IOException {
        Path file = model.folder().resolve(path);
        Checksum expected = new HubCache(cache, new HubId(model.name(), model.commit())).checksum(file);
        if (expected == null) {
            return new Verification(path, Outcome.UNKNOWN);
        }
        return new Verification(path, expected.matches(file) ? Outcome.RIGHT : Outcome.WRONG);
    }

    /** The files of a snapshot, in alphabetical order, with slashes. */
    public List<String> files(CachedModel model) throws IOException {
        return List.copyOf(HubCache.files(model.folder()));
    }
}
