package org.riffloom.checkpoint;

import java.nio.file.Path;
import java.util.List;

/**
 * A CLIP text model, as {@code text_encoder/config.json} of transformers describes it.
 *
 * @param vocabulary number of token ids
 * @param width of an embedding
 * @param feedForwardWidth inside a layer's two-layer perceptron
 * @param layers of the transformer
 * @param heads of each attention; {@code width} is a multiple
 * @param tokens that the model reads, 77 for CLIP
 * @param activation {@code quick_gelu} or {@code gelu}
 * @param normEps added to the variance in each layer norm
 */
public record TextEncoderConfig(
        int vocabulary,
        int width,
        int feedForwardWidth,
        int layers,
        int heads,
        int tokens,
        String activation,
        double normEps) {

    static TextEncoderConfig read(Path path) {
        ConfigFile file = ConfigFile.read(path);
        String activation = file.text("hidden_act", "quick_gelu");
        file.requireAmong("hidden_act", List.of(activation), List.of("quick_gelu", "gelu"));
        TextEncoderConfig config = new TextEncoderConfig(
                file.size("vocab_size"),
                file.size("hidden_size"),
                file.size("intermediate_size"),
                file.size("num_hidden_layers"),
                file.size("num_attention_heads"),
                file.size("max_position_embeddings", 77),
                activation,
                file.number("layer_norm_eps", 1e-5));
        if (config.width % config.heads != 0) {
            throw new CheckpointException.Malformed(
                    path,
                    "hidden_size is " + config.width + "; it must be a multiple of num_attention_heads, " + config.heads
                            + ".");
        }
        return config;
    }
}
