package org.riffloom.clip;

import java.nio.file.Path;
import org.riffloom.checkpoint.TensorFile;
import org.riffloom.diffusion.LoraFile;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A LoRA to load beside the model: an item of {@code riffloom.loras}.
 *
 * @param file of safetensors or, named {@code .bin} or {@code .pt}, of torch
 * @param id that requests name it by; empty for the file's name without its ending
 * @param weight for requests that name no LoRAs; 0 for one that only those get that name it
 */
public record LoraProperties(
        String file,
        @DefaultValue("") String id,
        @DefaultValue("1") double weight) {

    LoraFile toFile() {
        Path path = Path.of(file);
        return new LoraFile(id.isEmpty() ? TensorFile.stem(path) : id, path, weight);
    }
}
