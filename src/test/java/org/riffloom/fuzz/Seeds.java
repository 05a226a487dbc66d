package org.riffloom.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The whole inputs that a fuzzer begins with. */
public final class Seeds {

    private static final Path FOLDER = Path.of("src/test/resources/org/riffloom/fuzz");

    private Seeds() {}

    /** The text of each file of a folder. */
    public static List<String> of(String folder) {
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            return files.sorted().map(Seeds::text).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
