package org.riffloom.diffusion;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.riffloom.checkpoint.CheckpointException;
import org.riffloom.checkpoint.Lora;
import org.riffloom.checkpoint.ModelFolder;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.prompt.LoraWeights;

/** The LoRAs that were loaded beside a model, and which of them a request is made with. */
final class Loras {

    private final Map<String, Lora> loras = new LinkedHashMap<>();
    private final LoraWeights usual;

    private Loras(LoraWeights usual) {
        this.usual = usual;
    }

    /**
     * Reads and checks all files, before any weight is touched.
     *
     * @throws CheckpointException if one does not go with the model
     * @throws IllegalArgumentException if two have one id
     */
    static Loras open(List<LoraFile> files, ModelFolder model) {
        Map<String, Double> weights = new LinkedHashMap<>();
        for (LoraFile file : files) {
            if (weights.put(file.id(), file.weight()) != null) {
                throw new IllegalArgumentException("Two LoRAs have the id \"" + file.id() + "\"; give one another id.");
            }
        }
        Loras opened = new Loras(new LoraWeights(weights));
        for (LoraFile file : files) {
            opened.loras.put(file.id(), Lora.open(file.path(), model));
        }
        return opened;
    }

    /**
     * Finds what a request is made with, in the order of the settings, which rounding depends on.
     *
     * @param wanted {@code null} for the usual weights
     * @throws InvalidRequestException if there is no LoRA of a name
     */
    List<WornLora> of(@Nullable LoraWeights wanted) {
        Map<String, Double> weights = (wanted == null ? usual : wanted).byId();
        for (String id : weights.keySet()) {
            if (!loras.containsKey(id)) {
                throw new InvalidRequestException(
                        "loras", "There is no LoRA \"" + id + "\"; there are " + List.copyOf(loras.keySet()) + ".");
            }
        }
        return loras.entrySet().stream()
                .map(lora -> new WornLora(lora.getValue(), weights.getOrDefault(lora.getKey(), 0.0)))
                .filter(lora -> lora.weight() != 0)
                .toList();
    }

    /** What requests get that name none. */
    LoraWeights usual() {
        return usual;
    }
}
