package org.riffloom.diffusion;

import java.util.List;

/**
 * What is loaded beside a model.
 *
 * @param loras that requests can name
 * @param embeddings words that prompts can use
 */
public record AddOns(List<LoraFile> loras, List<EmbeddingFile> embeddings) {

    /** The model as it is. */
    public static final AddOns NONE = new AddOns(List.of(), List.of());

    public AddOns {
        loras = List.copyOf(loras);
        embeddings = List.copyOf(embeddings);
    }
}
