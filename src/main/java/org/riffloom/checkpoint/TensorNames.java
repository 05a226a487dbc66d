package org.riffloom.checkpoint;

import java.util.Map;

/** Old names of tensors, which checkpoints saved in 2022 (Riffusion's among them) still carry. */
final class TensorNames {

    /** transformers before version 5 nested a text model one level deeper. */
    private static final String TEXT_PREFIX = "text_model.";

    private static final String MIDDLE_ATTENTION = ".mid_block.attentions.0.";

    /** diffusers before 0.18 named the attention of the autoencoder after its roles. */
    private static final Map<String, String> OLD_ATTENTION =
            Map.of("query", "to_q", "key", "to_k", "value", "to_v", "proj_attn", "to_out.0");

    private TensorNames() {}

    /** What current versions call the tensor that a file has under {@code name}. */
    static String current(String name) {
        if (name.startsWith(TEXT_PREFIX)) {
            return name.substring(TEXT_PREFIX.length());
        }
        int role = name.indexOf(MIDDLE_ATTENTION) + MIDDLE_ATTENTION.length();
        int end = name.lastIndexOf('.');
        if (role > MIDDLE_ATTENTION.length() && end > role) {
            String current = OLD_ATTENTION.get(name.substring(role, end));
            if (current != null) {
                return name.substring(0, role) + current + name.substring(end);
            }
        }
        return name;
    }

    /** Tensors that are saved by habit and that no computation reads. */
    static boolean isHarmlessExtra(String name) {
        return name.equals("embeddings.position_ids");
    }
}
