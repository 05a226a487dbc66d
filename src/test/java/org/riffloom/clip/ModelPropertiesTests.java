package org.riffloom.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.riffloom.diffusion.AddOns;
import org.riffloom.diffusion.EmbeddingFile;
import org.riffloom.diffusion.LoraFile;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ModelPropertiesTests {

    private static ModelProperties bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("riffloom", ModelProperties.class);
    }

    @Test
    void addOnsNameThemselvesAfterTheirFiles() {
        AddOns addOns = bound(Map.of(
                        "riffloom.loras[0].file", "/models/bells.safetensors",
                        "riffloom.loras[1].file", "/models/lcm-lora.safetensors",
                        "riffloom.loras[1].id", "lcm",
                        "riffloom.loras[1].weight", "0",
                        "riffloom.embeddings[0].file", "/models/choir.safetensors"))
                .addOns();

        assertThat(addOns.loras())
                .containsExactly(
                        new LoraFile("bells", Path.of("/models/bells.safetensors"), 1),
                        new LoraFile("lcm", Path.of("/models/lcm-lora.safetensors"), 0));
        assertThat(addOns.embeddings()).containsExactly(new EmbeddingFile(Path.of("/models/choir.safetensors"), ""));
    }

    @Test
    void torchFilesNameThemselvesToo() {
        AddOns addOns = bound(Map.of(
                        "riffloom.loras[0].file", "/models/bells.bin",
                        "riffloom.loras[1].file", "/models/lcm.v1.pt"))
                .addOns();

        assertThat(addOns.loras()).extracting(LoraFile::id).containsExactly("bells", "lcm.v1");
    }

    @Test
    void batchIsTheDevicesUnlessItIsSetAndNeverBelowNone() {
        assertThat(bound(Map.of()).batch()).isZero();
        assertThat(bound(Map.of("riffloom.batch", "3")).batch()).isEqualTo(3);
        assertThatThrownBy(() -> bound(Map.of("riffloom.batch", "-1")))
                .hasRootCauseMessage(
                        "riffloom.batch is -1; it must be 0 (what suits the device) or a number of pictures.");
    }

    @Test
    void thereAreNoneUnlessTheyAreNamed() {
        assertThat(bound(Map.of()).addOns()).isEqualTo(AddOns.NONE);
    }
}
