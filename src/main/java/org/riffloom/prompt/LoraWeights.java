package org.riffloom.prompt;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * LoRAs that a picture is made with.
 *
 * @param byId how much each counts: 1 as it was trained, 0 not at all, below 0 away from what it was trained for; at most
 *     {@value #MAX_WEIGHT} either way. Empty for the model as it is
 */
public record LoraWeights(Map<String, Double> byId) {

    public static final double MAX_WEIGHT = 10;

    /** @throws InvalidRequestException if a weight is out of its range */
    public LoraWeights {
        byId = Collections.unmodifiableMap(new TreeMap<>(byId));
        byId.forEach((id, weight) -> {
            if (!(Math.abs(weight) <= MAX_WEIGHT)) {
                throw new InvalidRequestException(
                        "loras",
                        "The weight of the LoRA \"" + id + "\" is " + weight + "; it must be between -" + MAX_WEIGHT
                                + " and " + MAX_WEIGHT + ".");
            }
        });
    }
}
