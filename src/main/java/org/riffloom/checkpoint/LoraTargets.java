package org.riffloom.checkpoint;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The layers of one network that a LoRA can be for: linear ones and convolutions, under every name that files use. */
final class LoraTargets {

    private static final String WEIGHT = ".weight";
    private static final String TABLES = "embeddings.";

    /** Old names of a layer: what diffusers' attention processors of 2023 called the parts of theirs. */
    private static final Map<String, String> OLD =
            Map.of("to_q", "q_proj", "to_k", "k_proj", "to_v", "v_proj", "to_out", "out_proj");

    private final Map<String, List<Long>> shapes;
    private final Map<String, String> weights = new HashMap<>();

    /** @param shapes of all tensors of the network, by name */
    LoraTargets(Map<String, List<Long>> shapes) {
        this.shapes = shapes;
        for (Map.Entry<String, List<Long>> tensor : shapes.entrySet()) {
            String name = tensor.getKey();
            // Everything else with that ending is a norm, of one dimension.
            if (name.endsWith(WEIGHT)
                    && !name.startsWith(TABLES)
                    && tensor.getValue().size() > 1) {
                add(name.substring(0, name.length() - WEIGHT.length()), name);
            }
        }
    }

    private void add(String module, String weight) {
        weights.put(module, weight);
        weights.put(module.replace('.', '_'), weight);
        // transformers before version 5 nested a text model one level deeper.
        weights.put("text_model." + module, weight);
        weights.put("text_model_" + module.replace('.', '_'), weight);
        if (module.endsWith(".to_out.0")) {
            weights.put(module.substring(0, module.length() - ".0".length()), weight);
        }
    }

    /** The name of a module's weight, or {@code null} if the network has no such layer. */
    @Nullable
    String weight(String module) {
        String weight = weights.get(module);
        if (weight != null) {
            return weight;
        }
        int last = module.lastIndexOf('.') + 1;
        String current = OLD.get(module.substring(last));
        return current == null ? null : weights.get(module.substring(0, last) + current);
    }

    /** The shape of a weight, outermost dimension first. */
    List<Long> shape(String weight) {
        return shapes.getOrDefault(weight, List.of());
    }
}
