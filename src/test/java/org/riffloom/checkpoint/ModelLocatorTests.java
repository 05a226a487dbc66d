package org.riffloom.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.riffloom.checkpoint.hub.FetchListener;

class ModelLocatorTests {

    private static final String NAME = "tiny";

    @TempDir
    Path folder;

    private Path data;
    private ClassLoader before;
    private final List<URLClassLoader> loaders = new ArrayList<>();

    @BeforeEach
    void remember() {
        before = Thread.currentThread().getContextClassLoader();
        data = folder.resolve("data");
    }

    @AfterEach
    void restore() throws IOException {
        Thread.currentThread().setContextClassLoader(before);
        for (URLClassLoader loader : loaders) {
            loader.close();
        }
    }

    /** Packs a jar with a model and a folder entry, as build tools do, and puts it on the class path. */
    private void jar(String jarName, Map<String, String> files) throws IOException {
        Path jar = folder.resolve(jarName);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String entry : List.of("models/", "models/" + NAME + "/", "models/" + NAME + "/unet/")) {
                out.putNextEntry(new JarEntry(entry));
            }
            for (Map.Entry<String, String> file : files.entrySet()) {
                out.putNextEntry(new JarEntry("models/" + NAME + "/" + file.getKey()));
                out.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        addToClassPath(jar);
    }

    private void addToClassPath(Path path) throws IOException {
        URLClassLoader loader = new URLClassLoader(new URL[] {path.toUri().toURL()}, before);
        loaders.add(loader);
        Thread.currentThread().setContextClassLoader(loader);
    }

    private Path locateByName(String model) {
        return new ModelLocator(data, () -> {
                    throw new AssertionError("the hub's settings are not needed");
                })
                .locate(model, () -> false, FetchListener.NONE);
    }

    private Path locate() {
        return new EmbeddedModel(NAME, data.resolve("models")).folder();
    }

    @Test
    void unpacksTheEmbeddedModelOnce() throws IOException {
        jar("one.jar", Map.of("model_index.json", "{}", "unet/config.json", "{1}"));
        Path first = locate();
        assertThat(first.resolve("unet/config.json")).hasContent("{1}");
        assertThat(first.getFileName().toString()).matches("tiny-[0-9a-f]{16}");

        Files.writeString(first.resolve("mark"), "still here");
        assertThat(locate()).isEqualTo(first);
        assertThat(first.resolve("mark")).exists();
        assertThat(names(data.resolve("models"))).hasSize(1);
    }

    @Test
    void otherContentTakesItsPlace() throws IOException {
        jar("one.jar", Map.of("model_index.json", "{}"));
        Path first = locate();
        Path unrelated = Files.createDirectories(data.resolve("models/riffusion"));
        jar("two.jar", Map.of("model_index.json", "{ }"));
        Path second = locate();
        assertThat(second).isNotEqualTo(first).isDirectory();
        assertThat(first).doesNotExist();
        assertThat(unrelated).isDirectory();
    }

    @Test
    void leavesNothingBehindWhenUnpackingFails() throws IOException {
        Files.createDirectories(data);
        Files.writeString(data.resolve("models"), "a file where a folder should be");
        jar("one.jar", Map.of("model_index.json", "{}"));
        assertThatThrownBy(this::locate)
                .isInstanceOf(CheckpointException.Unreadable.class)
                .hasMessageContaining("models");
    }

    @Test
    void buildWithoutTheModelSaysSo() {
        assertThatThrownBy(this::locate)
                .isInstanceOf(CheckpointException.Missing.class)
                .hasMessageContaining("tiny")
                .hasMessageContaining("riffloom.model");
    }

    @Test
    void modelThatLiesInAFolderAlreadyIsUsedThere() throws IOException {
        Path classes = folder.resolve("classes");
        Path model = Files.createDirectories(classes.resolve("models/" + NAME));
        Files.writeString(model.resolve("model_index.json"), "{}");
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(loader);
            assertThat(locate()).isEqualTo(model);
            assertThat(data).doesNotExist();
        }
    }

    @Test
    void anyFolderMayBeNamed() {
        assertThat(locateByName(folder.toString())).isEqualTo(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "/nowhere/at/all", "\0"})
    void anythingElseIsRefusedByName(String model) {
        assertThatThrownBy(() -> locateByName(model))
                .isInstanceOf(CheckpointException.Missing.class)
                .hasMessageContaining("riffloom.model")
                .hasMessageContaining("riffloom-mini");
    }

    private static List<String> names(Path path) throws IOException {
        try (Stream<Path> paths = Files.list(path)) {
            return paths.map(each -> each.getFileName().toString()).toList();
        }
    }
}
