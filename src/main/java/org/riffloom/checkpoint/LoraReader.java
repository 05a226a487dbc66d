package org.riffloom.checkpoint;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Pairs the factors in a LoRA file, finds the weight that each pair is for, and checks that it fits. */
final class LoraReader {

    private final TensorFile file;
    private final Map<LoraKey.Network, LoraTargets> targets = new EnumMap<>(LoraKey.Network.class);
    private final Map<LoraKey.Network, Map<String, Pair>> pairs = new EnumMap<>(LoraKey.Network.class);

    LoraReader(TensorFile file, ModelFolder model) {
        this.file = file;
        targets.put(LoraKey.Network.UNET, new LoraTargets(NetworkTensors.of(model.unet())));
        targets.put(LoraKey.Network.TEXT_ENCODER, new LoraTargets(NetworkTensors.of(model.textEncoder())));
        for (LoraKey.Network network : LoraKey.Network.values()) {
            pairs.put(network, new LinkedHashMap<>());
        }
    }

    private LoraTargets targets(LoraKey.Network network) {
        return Objects.requireNonNull(targets.get(network));
    }

    private Map<String, Pair> pairs(LoraKey.Network network) {
        return Objects.requireNonNull(pairs.get(network));
    }

    /** What the file says of one weight. */
    private static final class Pair {
        private final LoraKey first;
        private final Map<LoraKey.Part, TensorEntry> parts = new EnumMap<>(LoraKey.Part.class);

        Pair(LoraKey first) {
            this.first = first;
        }
    }

    Lora read() {
        if (file.tensors().isEmpty()) {
            throw new CheckpointException.Malformed(file.path(), "is empty; a LoRA has two tensors for each layer.");
        }
        LoraKind.refuseIn(file);
        file.tensors().values().forEach(this::sort);
        LoraScales scales = new LoraScales(file);
        return new Lora(
                file.path(), updates(LoraKey.Network.UNET, scales), updates(LoraKey.Network.TEXT_ENCODER, scales));
    }

    private void sort(TensorEntry tensor) {
        LoraKey key = LoraKey.parse(tensor.name()).orElseThrow(() -> unknown(tensor.name()));
        String weight = targets(key.network()).weight(key.module());
        if (weight == null) {
            throw mismatch("tensor " + tensor.name() + " is for the layer " + key.module()
                    + ", and this model's " + key.network().prefix()
                    + " has no linear layer or convolution of that name; a LoRA for it must have been trained on a model"
                    + " with the same config.");
        }
        Pair pair = pairs(key.network()).computeIfAbsent(weight, unseen -> new Pair(key));
        TensorEntry other = pair.parts.put(key.part(), tensor);
        if (other != null) {
            throw mismatch("tensors " + other.name() + " and " + tensor.name() + " are both for " + weight
                    + "; there must be one of them.");
        }
    }

    private CheckpointException unknown(String tensor) {
        return new CheckpointException.Unsupported(
                file.path(),
                "tensor " + tensor + " is no part of a LoRA; names must be those of peft (….lora_A.weight), diffusers"
                        + " (….lora.down.weight) or kohya's trainer (lora_unet_….lora_down.weight).");
    }

    private Map<String, LowRank> updates(LoraKey.Network network, LoraScales scales) {
        Map<String, LowRank> updates = new TreeMap<>();
        pairs(network).forEach((weight, pair) -> {
            TensorEntry down = half(pair, LoraKey.Part.DOWN);
            TensorEntry up = half(pair, LoraKey.Part.UP);
            requireFit(weight, targets(network).shape(weight), down, up);
            double scale = scales.of(
                    pair.first, pair.parts.get(LoraKey.Part.ALPHA), down.shape().get(0));
            updates.put(weight, new LowRank(file, down, up, scale));
        });
        return updates;
    }

    private TensorEntry half(Pair pair, LoraKey.Part part) {
        TensorEntry half = pair.parts.get(part);
        if (half == null) {
            TensorEntry other = pair.parts.values().iterator().next();
            throw mismatch("tensor " + other.name() + " has no counterpart: the "
                    + (part == LoraKey.Part.DOWN ? "down (A)" : "up (B)") + " factor of " + pair.first.module()
                    + " is missing.");
        }
        if (!half.type().isWeight()) {
            throw new CheckpointException.Unsupported(
                    file.path(),
                    "tensor " + half.name() + " has dtype " + half.type() + "; weights must be F32, F16 or BF16.");
        }
        return half;
    }

    private void requireFit(String weight, List<Long> shape, TensorEntry down, TensorEntry up) {
        List<Long> target = matrix(shape);
        List<Long> first = matrix(down.shape());
        List<Long> second = matrix(up.shape());
        if (first.isEmpty() || !tail(first).equals(tail(target))) {
            throw misfit(down, "[rank, " + list(tail(target)) + "]", weight, shape);
        }
        if (second.size() != 2 || !second.get(0).equals(target.get(0))) {
            throw misfit(up, "[" + target.get(0) + ", rank]", weight, shape);
        }
        if (!second.get(1).equals(first.get(0)) || first.get(0) == 0) {
            throw mismatch("tensor " + up.name() + " has shape " + up.shape() + " and " + down.name() + " "
                    + down.shape() + "; both must be of one rank, at least 1: the columns of the one, the rows of the"
                    + " other.");
        }
    }

    private CheckpointException misfit(TensorEntry factor, String right, String weight, List<Long> shape) {
        String hint = weight.contains(".attn2.to_")
                ? " Attention to texts is as wide as their embeddings: 768 in Stable Diffusion 1.x, 1024 in 2.x, 2048 in XL."
                : "";
        return mismatch("tensor " + factor.name() + " has shape " + factor.shape() + "; for " + weight
                + " of this model," + " " + shape + ", it must be " + right + "." + hint);
    }

    /** A 1×1 convolution is a linear layer, whichever a file calls it. */
    private static List<Long> matrix(List<Long> shape) {
        return shape.size() == 4 && shape.get(2) == 1 && shape.get(3) == 1 ? shape.subList(0, 2) : shape;
    }

    private static List<Long> tail(List<Long> shape) {
        return shape.subList(1, shape.size());
    }

    private static String list(List<Long> numbers) {
        String text = numbers.toString();
        return text.substring(1, text.length() - 1);
    }

    private CheckpointException mismatch(String message) {
        return new CheckpointException.TensorMismatch(file.path(), message);
    }
}
