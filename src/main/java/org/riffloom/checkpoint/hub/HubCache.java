package org.riffloom.checkpoint.hub;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One model in the cache of {@code huggingface_hub}
 * (<a href="https://huggingface.co/docs/huggingface_hub/guides/manage-cache">its layout</a>):
 *
 * <pre>
 * models--owner--name/blobs/HASH                  what files hold, named after it
 *                     refs/main                   the commit that a branch or tag meant when it was fetched
 *                     snapshots/COMMIT/unet/…     links to blobs
 * </pre>
 *
 * A blob appears whole or not at all, and a snapshot only when all its blobs are there.
 */
final class HubCache {

    static final String PREFIX = "models--";
    private static final String SEPARATOR = "--";

    /** An ending that {@code huggingface_hub} cleans away, behind a word that keeps it from writing there too. */
    private static final String PARTIAL = ".riffloom.incomplete";

    private final Path root;
    private final Path folder;

    HubCache(Path root, HubId model) {
        this.root = root;
        this.folder = root.resolve(PREFIX + model.name().replace("/", SEPARATOR));
    }

    /** The model whose folder in a cache has this name; empty if it is no such folder. */
    static Optional<HubId> model(String folderName) {
        int slash = folderName.indexOf(SEPARATOR, PREFIX.length());
        return folderName.startsWith(PREFIX) && slash > 0
                ? HubId.parse(folderName.substring(PREFIX.length(), slash) + "/" + folderName.substring(slash + 2))
                : Optional.empty();
    }

    Path blobs() {
        return folder.resolve("blobs");
    }

    Path blob(Checksum checksum) {
        return blobs().resolve(checksum.hex());
    }

    Path partial(Checksum checksum) {
        return blobs().resolve(checksum.hex() + PARTIAL);
    }

    Path snapshot(String commit) {
        return folder.resolve("snapshots").resolve(commit);
    }

    /** The commit that a revision meant when it was last fetched. */
    Optional<String> commit(String revision) throws IOException {
        if (HubId.isCommit(revision)) {
            return Optional.of(revision);
        }
        Path ref = folder.resolve("refs").resolve(revision);
        if (!Files.isRegularFile(ref)) {
            return Optional.empty();
        }
        return Optional.of(Files.readString(ref).strip()).filter(HubId::isCommit);
    }

    /** The branches and tags by name, each with its commit. */
    Map<String, String> refs() throws IOException {
        Map<String, String> refs = new TreeMap<>();
        Path refFolder = folder.resolve("refs");
        for (String name : files(refFolder)) {
            commit(name).ifPresent(commit -> refs.put(name, commit));
        }
        return refs;
    }

    /** The commits of which there is a snapshot. */
    Set<String> commits() throws IOException {
        Set<String> commits = new TreeSet<>();
        Path snapshots = folder.resolve("snapshots");
        if (Files.isDirectory(snapshots)) {
            try (Stream<Path> names = Files.list(snapshots)) {
                names.map(path -> path.getFileName().toString())
                        .filter(HubId::isCommit)
                        .forEach(commits::add);
            }
        }
        return commits;
    }

    /** The files below a folder that can be opened, by their path with slashes; a link without its blob cannot. */
    static Set<String> files(Path below) throws IOException {
        Set<String> files = new TreeSet<>();
        if (Files.isDirectory(below)) {
            try (Stream<Path> paths = Files.walk(below)) {
                paths.filter(Files::isRegularFile)
                        .forEach(path ->
                                files.add(below.relativize(path).toString().replace('\\', '/')));
            }
        }
        return files;
    }

    /** What a snapshot's file must hash to, told by the name of the blob that it is; {@code null} if it does not say. */
    @Nullable
    Checksum checksum(Path file) throws IOException {
        for (String name : files(blobs())) {
            if (Checksum.isOne(name) && Files.isSameFile(file, blobs().resolve(name))) {
                return new Checksum(name);
            }
        }
        return null;
    }

    /** Keeps other processes of this program from fetching the same model; {@code null} if one does. */
    @Nullable
    FileChannel lock() throws IOException {
        Path locks = root.resolve(".locks").resolve(folder.getFileName());
        Files.createDirectories(locks);
        FileChannel channel =
                FileChannel.open(locks.resolve("riffloom.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // This process does.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return null;
    }

    /** Makes a whole blob of a partial one. */
    void complete(Checksum checksum) throws IOException {
        Files.move(
                partial(checksum), blob(checksum), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Lets a snapshot have a file whose blob is there. */
    void link(String commit, HubFile file) throws IOException {
        Path pointer = snapshot(commit).resolve(file.path());
        Path parent = Files.createDirectories(pointer.resolve("..").normalize());
        Path draft = parent.resolve("." + UUID.randomUUID() + ".riffloom");
        Path blob = blob(file.checksum());
        try {
            try {
                Files.createSymbolicLink(draft, parent.relativize(blob));
            } catch (UnsupportedOperationException | FileSystemException e) {
                linkOrCopy(blob, draft);
            }
            Files.move(draft, pointer, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Windows lets only some users make symbolic links. */
    private static void linkOrCopy(Path blob, Path draft) throws IOException {
        try {
            Files.createLink(draft, blob);
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.copy(blob, draft);
        }
    }

    /** Remembers what a branch or tag means. */
    void remember(String revision, String commit) throws IOException {
        if (HubId.isCommit(revision)) {
            return;
        }
        Path ref = folder.resolve("refs").resolve(revision);
        Files.createDirectories(ref.getParent());
        Path draft = Files.writeString(
                ref.resolveSibling("." + UUID.randomUUID() + ".riffloom"), commit, StandardCharsets.US_ASCII);
        Files.move(draft, ref, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
