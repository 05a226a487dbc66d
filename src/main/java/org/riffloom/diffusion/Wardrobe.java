package org.riffloom.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.riffloom.checkpoint.Lora;
import org.riffloom.checkpoint.LowRank;
import org.riffloom.checkpoint.TensorEntry;

/**
 * Dresses a network in LoRAs: it computes with the sums of weights and updates, at no cost for a step. The weights that
 * the checkpoint has are kept beside the sums and come back themselves, so nothing of a LoRA is left behind.
 */
final class Wardrobe {

    private final Network network;
    private final Function<Lora, Map<String, LowRank>> updates;
    private List<WornLora> worn = List.of();

    /** @param updates of this network in a LoRA */
    Wardrobe(Network network, Function<Lora, Map<String, LowRank>> updates) {
        this.network = network;
        this.updates = updates;
    }

    /** Takes off what is worn and puts on these, of which those without updates of this network do not count. */
    void wear(List<WornLora> loras) {
        List<WornLora> wanted = loras.stream()
                .filter(lora -> !updates.apply(lora.lora()).isEmpty())
                .toList();
        if (wanted.equals(worn)) {
            return;
        }
        network.restore();
        worn = List.of();
        try {
            Set<String> weights = new TreeSet<>();
            wanted.forEach(lora -> weights.addAll(updates.apply(lora.lora()).keySet()));
            weights.forEach(weight -> update(weight, wanted));
            worn = wanted;
        } catch (RuntimeException e) {
            network.restore();
            throw e;
        }
    }

    /** What the network wears. */
    List<WornLora> worn() {
        return worn;
    }

    private void update(String weight, List<WornLora> loras) {
        try (NDManager scratch = network.manager().newSubManager()) {
            NDArray sum = loras.stream()
                    .flatMap(
                            lora -> Stream.ofNullable(updates.apply(lora.lora()).get(weight))
                                    .map(update -> product(scratch, update, lora.weight())))
                    .reduce(NDArray::addi)
                    .orElseThrow();
            network.update(weight, sum);
        }
    }

    /** [out, everything else], in single precision. */
    private static NDArray product(NDManager scratch, LowRank update, double weight) {
        long rank = update.rank();
        NDArray down = matrix(scratch, update.down(), update.mapDown()).reshape(rank, -1);
        NDArray up = matrix(scratch, update.up(), update.mapUp()).reshape(-1, rank);
        // Of the two factors and their product, this one is small.
        return up.mul(update.scale() * weight).matMul(down);
    }

    private static NDArray matrix(NDManager scratch, TensorEntry entry, ByteBuffer bytes) {
        return Network.array(scratch, entry, bytes).toType(DataType.FLOAT32, false);
    }
}
