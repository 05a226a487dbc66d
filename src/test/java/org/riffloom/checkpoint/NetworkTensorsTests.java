package org.riffloom.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts what the configs of Stable Diffusion 1.5, and so of Riffusion, imply against what is published of it. */
class NetworkTensorsTests {

    @TempDir
    Path folder;

    private Path config(String json) throws IOException {
        return Files.writeString(folder.resolve("config.json"), json);
    }

    private static long parameters(Map<String, List<Long>> shapes) {
        return shapes.values().stream()
                .mapToLong(shape -> shape.stream().reduce(1L, Math::multiplyExact))
                .sum();
    }

    @Test
    void unet() throws IOException {
        UNetConfig config = UNetConfig.read(config("""
                {"_class_name": "UNet2DConditionModel", "_diffusers_version": "0.9.0", "act_fn": "silu",
                 "attention_head_dim": 8, "block_out_channels": [320, 640, 1280, 1280], "center_input_sample": false,
                 "cross_attention_dim": 768, "downsample_padding": 1, "dual_cross_attention": false,
                 "down_block_types": ["CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D",
                 "DownBlock2D"], "flip_sin_to_cos": true, "freq_shift": 0, "in_channels": 4, "layers_per_block": 2,
                 "mid_block_scale_factor": 1, "norm_eps": 1e-05, "norm_num_groups": 32, "num_class_embeds": null,
                 "only_cross_attention": false, "out_channels": 4, "sample_size": 64, "up_block_types": ["UpBlock2D",
                 "CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"], "use_linear_projection": false}"""));
        Map<String, List<Long>> shapes = NetworkTensors.of(config);

        assertThat(shapes).hasSize(686);
        assertThat(parameters(shapes)).isEqualTo(859_520_964);
        assertThat(config.sizeMultiple()).isEqualTo(8);
    }

    @Test
    void autoencoder() throws IOException {
        VaeConfig config = VaeConfig.read(config("""
                {"_class_name": "AutoencoderKL", "act_fn": "silu", "block_out_channels": [128, 256, 512, 512],
                 "down_block_types": ["DownEncoderBlock2D", "DownEncoderBlock2D", "DownEncoderBlock2D",
                 "DownEncoderBlock2D"], "in_channels": 3, "latent_channels": 4, "layers_per_block": 2,
                 "norm_num_groups": 32, "out_channels": 3, "sample_size": 512, "up_block_types": ["UpDecoderBlock2D",
                 "UpDecoderBlock2D", "UpDecoderBlock2D", "UpDecoderBlock2D"]}"""));
        Map<String, List<Long>> shapes = NetworkTensors.of(config);

        assertThat(shapes).hasSize(248);
        assertThat(parameters(shapes)).isEqualTo(83_653_863);
        assertThat(config.scalingFactor()).isEqualTo(0.18215);
        assertThat(config.factor()).isEqualTo(8);
    }

    @Test
    void textEncoder() throws IOException {
        TextEncoderConfig config = TextEncoderConfig.read(config("""
                {"hidden_act": "quick_gelu", "hidden_size": 768, "intermediate_size": 3072, "layer_norm_eps": 1e-05,
                 "max_position_embeddings": 77, "num_attention_heads": 12, "num_hidden_layers": 12,
                 "vocab_size": 49408}"""));
        Map<String, List<Long>> shapes = NetworkTensors.of(config);

        assertThat(shapes).hasSize(196);
        assertThat(parameters(shapes)).isEqualTo(123_060_480);
    }
}
