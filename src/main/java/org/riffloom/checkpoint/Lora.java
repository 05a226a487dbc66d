package org.riffloom.checkpoint;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;

/**
 * Low-rank updates of a model's weights (Hu et al., <a href="https://arxiv.org/abs/2106.09685">arXiv 2106.09685</a>) from
 * one file, all of them checked against the model.
 *
 * @param path of the file
 * @param unet updates of the UNet by the name of the weight, such as {@code conv_in.weight}; may be empty
 * @param textEncoder updates of the text encoder, the same way
 */
public record Lora(Path path, Map<String, LowRank> unet, Map<String, LowRank> textEncoder) {

    public Lora {
        unet = Collections.unmodifiableMap(unet);
        textEncoder = Collections.unmodifiableMap(textEncoder);
    }

    /**
     * Reads a file in any of the namings that are about: peft's, which diffusers uses today; those that it used in 2023;
     * and that of kohya's trainer; safetensors, or {@code .bin} and {@code .pt} of torch. Only names, shapes and scales are read; factors are mapped when they are asked for.
     *
     * @throws CheckpointException if the file is missing or malformed; or is a LoRA of another kind or for a model of
     *     another family; or if a tensor of it has no counterpart, or fits no weight of this model. The message names the
     *     tensor
     */
    public static Lora open(Path path, ModelFolder model) {
        return new LoraReader(TensorFile.open(path), model).read();
    }
}
