package org.riffloom.diffusion;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/** Copies of the tiny checkpoints that a test may spoil. */
final class ModelCopies {

    private ModelCopies() {}

    static Path copy(String fixture, Path target) {
        try {
            FileSystemUtils.copyRecursively(Reference.folder(fixture).resolve("model"), target);
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
