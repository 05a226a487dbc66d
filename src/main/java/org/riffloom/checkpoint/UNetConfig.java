package org.riffloom.checkpoint;

import java.nio.file.Path;
import java.util.List;

/**
 * A conditional UNet of the Stable Diffusion 1.x family, as {@code unet/config.json} of diffusers describes it.
 *
 * @param sampleSize height and width of the latents it was trained on
 * @param inChannels of the latents
 * @param outChannels of the prediction
 * @param channels at each level, from the finest
 * @param downAttention for each level, whether its down block attends to the text
 * @param upAttention the same for the up blocks, from the coarsest level
 * @param layersPerBlock residual blocks in a down block; an up block has one more
 * @param heads of attention at each level (diffusers calls this {@code attention_head_dim})
 * @param contextWidth width of a text embedding
 * @param normGroups of each group norm
 * @param normEps added to the variance in the residual blocks' norms
 * @param downPadding on each side before a downsampling convolution
 * @param cosineFirst whether the timestep embedding begins with its cosines
 * @param frequencyShift subtracted from the number of timestep frequencies
 * @param linearProjection whether a transformer's projections are linear layers instead of 1×1 convolutions
 */
public record UNetConfig(
        int sampleSize,
        int inChannels,
        int outChannels,
        List<Integer> channels,
        List<Boolean> downAttention,
        List<Boolean> upAttention,
        int layersPerBlock,
        List<Integer> heads,
        int contextWidth,
        int normGroups,
        double normEps,
        int downPadding,
        boolean cosineFirst,
        int frequencyShift,
        boolean linearProjection) {

    private static final String DOWN = "DownBlock2D";
    private static final String CROSS_DOWN = "CrossAttnDownBlock2D";
    private static final String UP = "UpBlock2D";
    private static final String CROSS_UP = "CrossAttnUpBlock2D";

    /** The latents' sides must be multiples of this, for each level but the last halves them. */
    public int sizeMultiple() {
        return 1 << (channels.size() - 1);
    }

    /** Width of the timestep embedding. */
    public int timeWidth() {
        return 4 * channels.get(0);
    }

    static UNetConfig read(Path path) {
        ConfigFile file = ConfigFile.read(path);
        refuseOtherFamilies(file);
        List<Integer> channels = file.sizes("block_out_channels");
        List<String> down = file.texts("down_block_types");
        List<String> up = file.texts("up_block_types");
        file.requireAmong("down_block_types", down, List.of(DOWN, CROSS_DOWN));
        file.requireAmong("up_block_types", up, List.of(UP, CROSS_UP));
        if (down.size() != channels.size() || up.size() != channels.size()) {
            throw new CheckpointException.Malformed(
                    path,
                    "block_out_channels, down_block_types and up_block_types have " + channels.size() + ", "
                            + down.size() + " and " + up.size() + " items; they must have equally many.");
        }
        UNetConfig config = new UNetConfig(
                file.size("sample_size", 64),
                file.size("in_channels", 4),
                file.size("out_channels", 4),
                channels,
                down.stream().map(CROSS_DOWN::equals).toList(),
                up.stream().map(CROSS_UP::equals).toList(),
                file.size("layers_per_block", 2),
                file.sizePerLevel("attention_head_dim", channels.size(), 8),
                file.size("cross_attention_dim", 1280),
                file.size("norm_num_groups", 32),
                file.number("norm_eps", 1e-5),
                file.integer("downsample_padding", 1),
                file.flag("flip_sin_to_cos", true),
                file.integer("freq_shift", 0),
                file.flag("use_linear_projection", false));
        config.requireDivisible(path);
        return config;
    }

    private void requireDivisible(Path path) {
        for (int level = 0; level < channels.size(); level++) {
            int width = channels.get(level);
            if (width % normGroups != 0 || width % heads.get(level) != 0) {
                throw new CheckpointException.Malformed(
                        path,
                        "block_out_channels holds " + width + "; it must be a multiple of norm_num_groups, "
                                + normGroups + ", and of the level's attention_head_dim (its heads), "
                                + heads.get(level) + ".");
            }
        }
    }

    private static void refuseOtherFamilies(ConfigFile file) {
        file.requireOnly("_class_name", "UNet2DConditionModel");
        file.requireOnly("act_fn", "silu");
        file.requireOnly("center_input_sample", false);
        file.requireOnly("dual_cross_attention", false);
        file.requireOnly("only_cross_attention", false);
        file.requireOnly("transformer_layers_per_block", 1);
        file.requireOnly("resnet_time_scale_shift", "default");
        file.requireOnly("mid_block_type", "UNetMidBlock2DCrossAttn");
        file.requireOnly("conv_in_kernel", 3);
        file.requireOnly("conv_out_kernel", 3);
        file.requireOnly("time_embedding_type", "positional");
        file.requireOnly("class_embeddings_concat", false);
        file.requireOnly("resnet_skip_time_act", false);
        for (String extra : List.of(
                "class_embed_type",
                "num_class_embeds",
                "addition_embed_type",
                "encoder_hid_dim",
                "encoder_hid_dim_type",
                "time_cond_proj_dim",
                "timestep_post_act",
                "reverse_transformer_layers_per_block")) {
            file.requireAbsent(extra);
        }
    }
}
