package org.riffloom.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelProfileTests {

    @TempDir
    Path folder;

    private void seedImages(String json) throws IOException {
        Path images = Files.createDirectories(folder.resolve("seed_images"));
        Files.writeString(images.resolve("seed_images.json"), json);
        Files.write(images.resolve("pulse.png"), new byte[1]);
    }

    @Test
    void modelWithoutAProfileIsUsedAsRiffusionWas() {
        ModelProfile profile = ModelProfile.read(folder);

        assertThat(profile.name()).isEqualTo(folder.getFileName().toString());
        assertThat(profile.steps()).isEqualTo(50);
        assertThat(profile.guidance()).isEqualTo(7);
        assertThat(profile.denoising()).isEqualTo(0.75);
        assertThat(profile.seedImage()).isNull();
    }

    @Test
    void modelWithSeedImagesBeginsWithTheFirst() throws IOException {
        seedImages("[{\"id\":\"pulse\",\"title\":\"Pulse\",\"beats\":10,\"file\":\"pulse.png\"}]");
        ModelProfile profile = ModelProfile.read(folder);

        assertThat(profile.seedImage()).isEqualTo("pulse");
        assertThat(profile.seedImages())
                .containsExactly(new SeedImageFile("pulse", "Pulse", 10, folder.resolve("seed_images/pulse.png")));
    }

    @Test
    void masksLieInAFolderOfTheirOwn() throws IOException {
        Path mask = Files.createDirectory(folder.resolve("mask_images")).resolve("top.png");
        Files.writeString(mask, "");
        Files.writeString(mask.resolveSibling("mask_images.json"), "[{\"id\":\"top\",\"file\":\"top.png\"}]");
        ModelProfile profile = ModelProfile.read(folder);

        assertThat(profile.maskImages()).containsExactly(new SeedImageFile("top", "top", 0, mask));
        assertThat(profile.seedImage()).isNull();
    }

    @Test
    void profileSaysWhatItWants() throws IOException {
        Files.writeString(folder.resolve("riffloom.json"), """
                {"name":"riffloom-mini","defaults":{"steps":10,"guidance":3.0,"denoising":0.8},
                 "examplePrompts":["jazz piano","church bells"]}""");
        ModelProfile profile = ModelProfile.read(folder);

        assertThat(profile.name()).isEqualTo("riffloom-mini");
        assertThat(profile.steps()).isEqualTo(10);
        assertThat(profile.guidance()).isEqualTo(3);
        assertThat(profile.denoising()).isEqualTo(0.8);
        assertThat(profile.examplePrompts()).containsExactly("jazz piano", "church bells");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"defaults\":{\"steps\":0}}",
                "{\"defaults\":{\"guidance\":0.5}}",
                "{\"defaults\":{\"denoising\":0}}",
                "{\"defaults\":{\"denoising\":1.5}}",
                "{\"defaults\":[]}",
                "{\"defaults\":{\"seedImage\":\"other\"}}",
                "{\"examplePrompts\":[1]}",
            })
    void profileThatCannotBeMeantIsRefused(String json) throws IOException {
        seedImages("[{\"id\":\"pulse\",\"file\":\"pulse.png\"}]");
        Files.writeString(folder.resolve("riffloom.json"), json);

        assertThatThrownBy(() -> ModelProfile.read(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("riffloom.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[{\"id\":\"a\",\"file\":\"missing.png\"}]",
                "[{\"id\":\"a\",\"file\":\"../riffloom.json\"}]",
                "[{\"file\":\"pulse.png\"}]",
                "[{\"id\":\"../a\",\"file\":\"pulse.png\"}]",
                "[{\"id\":\"a/b\",\"file\":\"pulse.png\"}]",
                "[{\"id\":\"\",\"file\":\"pulse.png\"}]",
                "[{\"id\":\"a\",\"file\":\"pulse.png\"},{\"id\":\"a\",\"file\":\"pulse.png\"}]",
                "[3]"
            })
    void seedImagesThatAreNotThereOrCannotBeNamedAreRefused(String json) throws IOException {
        Files.writeString(folder.resolve("riffloom.json"), "{}");
        seedImages(json);

        assertThatThrownBy(() -> ModelProfile.read(folder)).isInstanceOf(CheckpointException.class);
    }

    @Test
    void profileSaysHowSpectraVary() throws IOException {
        Files.writeString(folder.resolve("riffloom.json"), """
                {"spectralVariation":[[[1, 2], [3, 4], [5, 6]], [[0.5, 0], [0, 0], [0, -7]]]}""");
        SpectralVariation variation = ModelProfile.read(folder).spectralVariation();

        assertThat(variation.components()).hasSize(2);
        assertThat(variation.channels()).isEqualTo(3);
        assertThat(variation.rows()).isEqualTo(2);
        assertThat(variation.components().get(1)[2]).containsExactly(0, -7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "3", "[[[]]]", "[[[1, 2], [3]]]", "[[[1]], [[1], [2]]]", "[[[\"loud\"]]]"})
    void saysWhatIsWrongWithASpectralVariation(String json) throws IOException {
        Files.writeString(folder.resolve("riffloom.json"), "{\"spectralVariation\":" + json + "}");

        assertThatThrownBy(() -> ModelProfile.read(folder))
                .isInstanceOf(CheckpointException.Malformed.class)
                .hasMessageContaining("spectralVariation must be a list of components");
    }
}
