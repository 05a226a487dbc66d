package org.riffloom.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.FileSystemUtils;

/**
 * A model that travels inside the program, below {@code models/} on the class path. Weights are mapped from disk, and a
 * jar is no disk: from one, the model is unpacked into a folder named after its content, so that a new release of the
 * program never meets the old release's files, and two processes may start at once.
 */
final class EmbeddedModel {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedModel.class);

    private final String name;
    private final Path models;

    EmbeddedModel(String name, Path models) {
        this.name = name;
        this.models = models;
    }

    /** The model's folder, unpacked if it was not yet. */
    Path folder() {
        String root = "models/" + name + "/";
        try {
            Map<String, Resource> files = files(root);
            Resource index = files.get("model_index.json");
            if (index == null) {
                throw new CheckpointException.Missing(
                        Path.of(root), "this build carries no model " + name + "; set riffloom.model to a folder.");
            }
            if (index.isFile()) {
                return index.getFile().toPath().resolveSibling("");
            }
            Path target = models.resolve(name + "-" + ContentKey.of(files));
            if (!Files.isDirectory(target)) {
                unpack(files, target);
                removeOthers(target);
            }
            return target;
        } catch (IOException e) {
            throw new CheckpointException.Unreadable(models, e);
        }
    }

    /** The model's files by their path within it, in alphabetical order. */
    private static Map<String, Resource> files(String root) throws IOException {
        Map<String, Resource> files = new TreeMap<>();
        for (Resource resource : new PathMatchingResourcePatternResolver().getResources("classpath*:" + root + "**")) {
            String address = resource.getURL().toString();
            String relative = address.substring(address.lastIndexOf(root) + root.length());
            if (!relative.isEmpty() && !relative.endsWith("/") && resource.isReadable()) {
                files.putIfAbsent(relative, resource);
            }
        }
        return files;
    }

    private void unpack(Map<String, Resource> files, Path target) throws IOException {
        Files.createDirectories(models);
        Path draft = Files.createTempDirectory(models, "." + name);
        try {
            for (Map.Entry<String, Resource> file : files.entrySet()) {
                Path path = draft.resolve(file.getKey()).normalize();
                if (!path.startsWith(draft)) {
                    throw new IOException("the model has a file outside its folder: " + file.getKey());
                }
                Files.createDirectories(path.getParent());
                try (InputStream content = file.getValue().getInputStream()) {
                    Files.copy(content, path);
                }
            }
            move(draft, target);
            log.info("Unpacked the model {} to {}", name, target);
        } finally {
            FileSystemUtils.deleteRecursively(draft);
        }
    }

    private static void move(Path draft, Path target) throws IOException {
        try {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw e;
        } catch (FileSystemException e) {
            if (!Files.isDirectory(target)) {
                throw e;
            }
            // Another process was faster, with the same content.
        }
    }

    /** Earlier releases' copies; one that is still in use where files cannot be deleted then just stays. */
    private void removeOthers(Path target) throws IOException {
        try (Stream<Path> folders = Files.list(models)) {
            for (Path folder : folders.toList()) {
                String other = folder.getFileName().toString();
                if (!folder.equals(target) && other.matches(name + "-[0-9a-f]{16}")) {
                    try {
                        FileSystemUtils.deleteRecursively(folder);
                    } catch (IOException e) {
                        log.debug("Left {} where it is: {}", folder, e.toString());
                    }
                }
            }
        }
    }
}
