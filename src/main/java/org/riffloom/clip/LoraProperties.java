package org.riffloom.clip;

import java.nio.file.Path;
import org.riffloom.diffusion.LoraFile;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A LoRA to load beside the model: an item of {@code riffloom.loras}.
 *
 * @param file safetensors file
 * @param id that requests name it by; empty for the file's name without its ending
 * @param weight for requests that name no LoRAs; 0 for one that only those get that name it
 */
public record LoraProperties(
        String file,
        @DefaultValue("") String id,
        @DefaultValue("1") double weight) {

    private static final String ENDING = ".safetensors";

    LoraFile toFile() {
        Path path = Path.of(file);
        String name = String.valueOf(path.getFileName());
        String stem = name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
        return new LoraFile(id.isEmpty() ? stem : id, path, weight);
    }
}
