package org.riffloom.diffusion;

import java.nio.file.Path;

/**
 * A learned word (textual inversion) to load beside a model.
 *
 * @param path of its safetensors file
 * @param token how prompts spell it; empty for what the file says
 */
public record EmbeddingFile(Path path, String token) {}
