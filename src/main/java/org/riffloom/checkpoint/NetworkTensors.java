package org.riffloom.checkpoint;

import java.util.List;
import java.util.Map;

/**
 * The tensors that each network needs, derived from its config alone: names as diffusers and transformers save them,
 * and shapes. A file is checked against these before a weight is touched.
 */
final class NetworkTensors {

    private NetworkTensors() {}

    static Map<String, List<Long>> of(TextEncoderConfig config) {
        TensorCatalog catalog = new TensorCatalog();
        int width = config.width();
        catalog.tensor("embeddings.token_embedding.weight", config.vocabulary(), width);
        catalog.tensor("embeddings.position_embedding.weight", config.tokens(), width);
        for (int i = 0; i < config.layers(); i++) {
            String layer = "encoder.layers." + i;
            catalog.norm(layer + ".layer_norm1", width);
            for (String projection : List.of("q_proj", "k_proj", "v_proj", "out_proj")) {
                catalog.linear(layer + ".self_attn." + projection, width, width);
            }
            catalog.norm(layer + ".layer_norm2", width);
            catalog.linear(layer + ".mlp.fc1", width, config.feedForwardWidth());
            catalog.linear(layer + ".mlp.fc2", config.feedForwardWidth(), width);
        }
        catalog.norm("final_layer_norm", width);
        return catalog.shapes();
    }

    static Map<String, List<Long>> of(UNetConfig config) {
        return new UNetTensors(config).shapes();
    }

    static Map<String, List<Long>> of(VaeConfig config) {
        TensorCatalog catalog = new TensorCatalog();
        List<Integer> channels = config.channels();
        int levels = channels.size();
        int latent = config.latentChannels();
        int coarsest = channels.get(levels - 1);

        int width = channels.get(0);
        catalog.convolution("encoder.conv_in", config.inChannels(), width, 3);
        for (int level = 0; level < levels; level++) {
            String block = "encoder.down_blocks." + level;
            for (int layer = 0; layer < config.layersPerBlock(); layer++) {
                catalog.residual(block + ".resnets." + layer, width, channels.get(level));
                width = channels.get(level);
            }
            if (level < levels - 1) {
                catalog.convolution(block + ".downsamplers.0.conv", width, width, 3);
            }
        }
        vaeEnds(catalog, "encoder", config, coarsest, coarsest, 2 * latent);

        catalog.convolution("decoder.conv_in", latent, coarsest, 3);
        width = coarsest;
        for (int up = 0; up < levels; up++) {
            String block = "decoder.up_blocks." + up;
            int out = channels.get(levels - 1 - up);
            for (int layer = 0; layer <= config.layersPerBlock(); layer++) {
                catalog.residual(block + ".resnets." + layer, width, out);
                width = out;
            }
            if (up < levels - 1) {
                catalog.convolution(block + ".upsamplers.0.conv", width, width, 3);
            }
        }
        vaeEnds(catalog, "decoder", config, coarsest, channels.get(0), config.outChannels());
        if (config.quantConv()) {
            catalog.convolution("quant_conv", 2 * latent, 2 * latent, 1);
            catalog.convolution("post_quant_conv", latent, latent, 1);
        }
        return catalog.shapes();
    }

    /** The middle block and the output layers, which encoder and decoder share. */
    private static void vaeEnds(TensorCatalog catalog, String half, VaeConfig config, int mid, int last, int out) {
        catalog.residual(half + ".mid_block.resnets.0", mid, mid);
        catalog.residual(half + ".mid_block.resnets.1", mid, mid);
        if (config.midAttention()) {
            String attention = half + ".mid_block.attentions.0";
            catalog.norm(attention + ".group_norm", mid);
            for (String projection : List.of("to_q", "to_k", "to_v", "to_out.0")) {
                catalog.linear(attention + "." + projection, mid, mid);
            }
        }
        catalog.norm(half + ".conv_norm_out", last);
        catalog.convolution(half + ".conv_out", last, out, 3);
    }
}
