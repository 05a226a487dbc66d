package org.riffloom.checkpoint;

import java.util.Set;
import java.util.regex.Pattern;

/** Files that are called LoRAs too and that no Stable Diffusion 1.x model can use, told by the names of their tensors. */
enum LoraKind {
    STABLE_DIFFUSION_XL(
            "is for Stable Diffusion XL",
            "text_encoder_2\\..*|lora_te2_.*|lora_unet_(?:input_blocks|middle_block|output_blocks|label_emb)_.*"
                    + "|.*add_embedding.*|.*transformer_blocks[._][1-9].*"),
    DIFFUSION_TRANSFORMER(
            "is for a diffusion transformer, such as Stable Diffusion 3 or Flux",
            "(?:transformer|diffusion_model|model\\.diffusion_model|lora_transformer)[._].*"
                    + "|.*(?:double|single|joint)_(?:transformer_)?blocks.*"),
    DORA("is a DoRA, which also has magnitudes", ".*\\.(?:dora_scale|lora_magnitude_vector\\b.*)"),
    LYCORIS(
            "holds updates of another kind than LoRA (LoHa, LoKr, Tucker, full or others of LyCORIS)",
            ".*\\.(?:hada_w\\w+|hada_t\\d|lokr_\\w+|lora_mid\\.weight|diff|diff_b|oft_\\w+|w_norm|b_norm|a[12]\\.weight)");

    private final String description;
    private final Pattern names;

    LoraKind(String description, String names) {
        this.description = description;
        this.names = Pattern.compile(names);
    }

    /** @throws CheckpointException.Unsupported if a file with tensors of these names is one of them */
    static void refuseIn(TensorFile file) {
        Set<String> tensors = file.tensors().keySet();
        for (LoraKind kind : values()) {
            for (String tensor : tensors) {
                if (kind.names.matcher(tensor).matches()) {
                    throw new CheckpointException.Unsupported(
                            file.path(),
                            kind.description + " (tensor " + tensor
                                    + "); supported are plain LoRAs for Stable Diffusion 1.x, linear and convolutional.");
                }
            }
        }
    }
}
