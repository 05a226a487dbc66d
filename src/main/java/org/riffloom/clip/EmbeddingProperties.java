package org.riffloom.clip;

import java.nio.file.Path;
import org.riffloom.diffusion.EmbeddingFile;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A learned word (textual inversion) to load beside the model: an item of {@code riffloom.embeddings}.
 *
 * @param file safetensors file
 * @param token how prompts spell it; empty for what the file says
 */
public record EmbeddingProperties(
        String file, @DefaultValue("") String token) {

    EmbeddingFile toFile() {
        return new EmbeddingFile(Path.of(file), token);
    }
}
