package org.riffloom.checkpoint;

import java.nio.file.Path;
import java.util.List;

/**
 * An image autoencoder, as {@code vae/config.json} of diffusers describes it.
 *
 * @param inChannels of the image that the encoder reads
 * @param outChannels of the image that the decoder paints
 * @param latentChannels of the latents
 * @param channels at each level, from the finest
 * @param layersPerBlock residual blocks in an encoder's level; a decoder's level has one more
 * @param normGroups of each group norm
 * @param scalingFactor that latents are multiplied by before they are noised
 * @param midAttention whether the middle attends to itself
 * @param quantConv whether a 1×1 convolution follows the encoder and precedes the decoder
 * @param singlePrecision whether half precision overflows in this one
 */
public record VaeConfig(
        int inChannels,
        int outChannels,
        int latentChannels,
        List<Integer> channels,
        int layersPerBlock,
        int normGroups,
        double scalingFactor,
        boolean midAttention,
        boolean quantConv,
        boolean singlePrecision) {

    /** Pixels of the image along each side of one latent. */
    public int factor() {
        return 1 << (channels.size() - 1);
    }

    static VaeConfig read(Path path) {
        ConfigFile file = ConfigFile.read(path);
        file.requireOnly("_class_name", "AutoencoderKL");
        file.requireOnly("act_fn", "silu");
        file.requireAbsent("latents_mean");
        file.requireAbsent("latents_std");
        file.requireAbsent("shift_factor");
        file.requireAmong("down_block_types", file.texts("down_block_types"), List.of("DownEncoderBlock2D"));
        file.requireAmong("up_block_types", file.texts("up_block_types"), List.of("UpDecoderBlock2D"));
        List<Integer> channels = file.sizes("block_out_channels");
        boolean quantConv = file.flag("use_quant_conv", true);
        file.requireOnly("use_post_quant_conv", quantConv);
        VaeConfig config = new VaeConfig(
                file.size("in_channels", 3),
                file.size("out_channels", 3),
                file.size("latent_channels", 4),
                channels,
                file.size("layers_per_block", 1),
                file.size("norm_num_groups", 32),
                // The checkpoints of 2022 leave it out; it was a constant of Stable Diffusion then.
                file.number("scaling_factor", 0.18215),
                file.flag("mid_block_add_attention", true),
                quantConv,
                file.flag("force_upcast", false));
        for (int width : channels) {
            if (width % config.normGroups != 0) {
                throw new CheckpointException.Malformed(
                        path,
                        "block_out_channels holds " + width + "; it must be a multiple of norm_num_groups, "
                                + config.normGroups + ".");
            }
        }
        return config;
    }
}
