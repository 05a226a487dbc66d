package org.riffloom.diffusion;

import java.nio.file.Path;

/**
 * A LoRA to load beside a model.
 *
 * @param id that requests name it by
 * @param path of its safetensors file
 * @param weight for requests that name no LoRAs; 0 for one that only those get that name it
 */
public record LoraFile(String id, Path path, double weight) {}
