package org.riffloom.checkpoint;

import java.util.List;
import java.util.Map;

/** The tensors of a conditional UNet. */
final class UNetTensors {

    private final UNetConfig config;
    private final TensorCatalog catalog = new TensorCatalog();

    UNetTensors(UNetConfig config) {
        this.config = config;
    }

    Map<String, List<Long>> shapes() {
        List<Integer> channels = config.channels();
        int levels = channels.size();
        int finest = channels.get(0);
        int coarsest = channels.get(levels - 1);
        catalog.linear("time_embedding.linear_1", finest, config.timeWidth());
        catalog.linear("time_embedding.linear_2", config.timeWidth(), config.timeWidth());
        catalog.convolution("conv_in", config.inChannels(), finest, 3);
        int width = finest;
        for (int level = 0; level < levels; level++) {
            down("down_blocks." + level, level, width);
            width = channels.get(level);
        }
        timed("mid_block.resnets.0", coarsest, coarsest);
        transformer("mid_block.attentions.0", coarsest);
        timed("mid_block.resnets.1", coarsest, coarsest);
        for (int up = 0; up < levels; up++) {
            up("up_blocks." + up, up, width);
            width = channels.get(levels - 1 - up);
        }
        catalog.norm("conv_norm_out", finest);
        catalog.convolution("conv_out", finest, config.outChannels(), 3);
        return catalog.shapes();
    }

    private void down(String block, int level, int in) {
        int out = config.channels().get(level);
        for (int layer = 0; layer < config.layersPerBlock(); layer++) {
            timed(block + ".resnets." + layer, layer == 0 ? in : out, out);
            if (config.downAttention().get(level)) {
                transformer(block + ".attentions." + layer, out);
            }
        }
        if (level < config.channels().size() - 1) {
            catalog.convolution(block + ".downsamplers.0.conv", out, out, 3);
        }
    }

    /** An up block reads, beside what came from below, one skip connection for each of its layers. */
    private void up(String block, int up, int in) {
        List<Integer> channels = config.channels();
        int level = channels.size() - 1 - up;
        int out = channels.get(level);
        for (int layer = 0; layer <= config.layersPerBlock(); layer++) {
            boolean last = layer == config.layersPerBlock();
            int skip = last ? channels.get(Math.max(level - 1, 0)) : out;
            timed(block + ".resnets." + layer, (layer == 0 ? in : out) + skip, out);
            if (config.upAttention().get(up)) {
                transformer(block + ".attentions." + layer, out);
            }
        }
        if (level > 0) {
            catalog.convolution(block + ".upsamplers.0.conv", out, out, 3);
        }
    }

    private void timed(String name, int in, int out) {
        catalog.residual(name, in, out);
        catalog.linear(name + ".time_emb_proj", config.timeWidth(), out);
    }

    private void transformer(String name, int width) {
        catalog.norm(name + ".norm", width);
        projection(name + ".proj_in", width);
        String block = name + ".transformer_blocks.0";
        attention(block + ".attn1", width, width);
        attention(block + ".attn2", width, config.contextWidth());
        for (int i = 1; i <= 3; i++) {
            catalog.norm(block + ".norm" + i, width);
        }
        // A gated feed-forward layer: four times the width, and as many gates.
        catalog.linear(block + ".ff.net.0.proj", width, 8 * width);
        catalog.linear(block + ".ff.net.2", 4 * width, width);
        projection(name + ".proj_out", width);
    }

    private void attention(String name, int width, int context) {
        catalog.linearWithoutBias(name + ".to_q", width, width);
        catalog.linearWithoutBias(name + ".to_k", context, width);
        catalog.linearWithoutBias(name + ".to_v", context, width);
        catalog.linear(name + ".to_out.0", width, width);
    }

    private void projection(String name, int width) {
        if (config.linearProjection()) {
            catalog.linear(name, width, width);
        } else {
            catalog.convolution(name, width, width, 1);
        }
    }
}
