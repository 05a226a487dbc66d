package org.riffloom.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTests {

    @TempDir
    Path folder;

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void filesAppearWhenTheyAreWhole() throws IOException {
        try (OutputFolder output = OutputFolder.open(folder)) {
            output.add("a/b.txt", path -> {
                Files.writeString(path, "half");
                assertThat(folder.resolve("a/b.txt")).doesNotExist();
                Files.writeString(path, "whole");
            });
            assertThat(folder.resolve("a/b.txt")).hasContent("whole");
            output.add("a/b.txt", path -> Files.writeString(path, "new"));
        }
        assertThat(folder.resolve("a/b.txt")).hasContent("new");
        assertThat(files()).containsExactly("a/b.txt");
    }

    @Test
    void throwsAwayWhatAnInterruptedRunLeft() throws IOException {
        try (OutputFolder output = OutputFolder.open(folder)) {
            // As if it had ended here.
            Path half = output.write(path -> Files.writeString(path, "half"));
            Path halfFolder = output.write(Files::createDirectory);
            Files.writeString(halfFolder.resolve("clip.wav"), "half");
            Path kept = Files.createDirectories(folder.resolve("kept"));
            copy(half.getParent(), kept);
        }
        Path kept = folder.resolve("kept");
        try (Stream<Path> leftovers = Files.list(kept)) {
            assertThat(leftovers).isNotEmpty();
        }
        Files.move(kept, folder.resolve(".riffloom-unfinished"));
        OutputFolder.open(folder).close();
        assertThat(files()).isEmpty();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(file -> !file.equals(from)).toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    @Test
    void oneProgramWritesAtATime() throws IOException {
        try (OutputFolder output = OutputFolder.open(folder)) {
            output.add("a", path -> Files.writeString(path, "a"));
            assertThatExceptionOfType(OutputException.class)
                    .isThrownBy(() -> OutputFolder.open(folder))
                    .withMessage(folder + " cannot be written to: another program is writing there.");
            output.add("b", path -> Files.writeString(path, "b"));
        }
        OutputFolder.open(folder).close();
        assertThat(files()).containsExactly("a", "b");
    }

    @Test
    void aFolderTakesThePlaceOfAFolder() throws IOException {
        Files.createDirectories(folder.resolve("clips"));
        Files.writeString(folder.resolve("clips/old"), "old");
        try (OutputFolder output = OutputFolder.open(folder)) {
            Path path = output.write(Files::createDirectory);
            output.write(path.resolve("new"), file -> Files.writeString(file, "new"));
            output.publish(path, "clips");
        }
        assertThat(files()).containsExactly("clips/new");
    }

    @Test
    void tellsNoWritingFromNoSuchName() throws IOException {
        Files.writeString(folder.resolve("file"), "in the way");
        try (OutputFolder output = OutputFolder.open(folder)) {
            assertThatIOException()
                    .isThrownBy(() -> output.add("file/name", path -> Files.writeString(path, "x")))
                    .isNotInstanceOf(OutputException.class);
            assertThatExceptionOfType(OutputException.class)
                    .isThrownBy(() -> output.write(path -> {
                        throw new IOException("No space left on device");
                    }));
        }
        assertThat(files()).containsExactly("file");
    }
}
