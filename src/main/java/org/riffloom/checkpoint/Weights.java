package org.riffloom.checkpoint;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The weights of one network: exactly the tensors that its config describes, under the names that current diffusers
 * and transformers give them, whatever names the file uses.
 */
public final class Weights {

    private static final int NAMES_SHOWN = 8;

    private final TensorFile file;
    private final Map<String, TensorEntry> entries;

    private Weights(TensorFile file, Map<String, TensorEntry> entries) {
        this.file = file;
        this.entries = entries;
    }

    /**
     * Pairs what a file holds with what a network needs.
     *
     * @throws CheckpointException.TensorMismatch naming every kind of difference: missing, unexpected, wrongly shaped
     * @throws CheckpointException.Unsupported if a weight is stored in a type that is no floating-point weight
     */
    static Weights match(TensorFile file, Map<String, List<Long>> expected) {
        Map<String, TensorEntry> found = new TreeMap<>();
        List<String> unexpected = new ArrayList<>();
        for (TensorEntry entry : file.tensors().values()) {
            String name = TensorNames.current(entry.name());
            if (expected.containsKey(name)) {
                if (found.put(name, entry) != null) {
                    unexpected.add(entry.name() + " (a second " + name + ")");
                }
            } else if (!TensorNames.isHarmlessExtra(name)) {
                unexpected.add(entry.name());
            }
        }
        List<String> missing = new ArrayList<>();
        List<String> misshapen = new ArrayList<>();
        expected.forEach((name, shape) -> {
            TensorEntry entry = found.get(name);
            if (entry == null) {
                missing.add(name);
            } else if (!entry.shape().equals(shape)) {
                misshapen.add(entry.name() + " has shape " + entry.shape() + " instead of " + shape);
            }
        });
        if (!missing.isEmpty() || !unexpected.isEmpty() || !misshapen.isEmpty()) {
            throw new CheckpointException.TensorMismatch(
                    file.path(),
                    "does not hold the network that the config beside it describes." + list(" Missing: ", missing)
                            + list(" Unexpected: ", unexpected) + list(" Wrong shape: ", misshapen));
        }
        found.values().forEach(entry -> requireWeight(file, entry));
        return new Weights(file, found);
    }

    private static void requireWeight(TensorFile file, TensorEntry entry) {
        if (!entry.type().isWeight()) {
            throw new CheckpointException.Unsupported(
                    file.path(),
                    "tensor " + entry.name() + " has dtype " + entry.type() + "; weights must be F32, F16 or BF16.");
        }
    }

    private static String list(String title, List<String> names) {
        if (names.isEmpty()) {
            return "";
        }
        int shown = Math.min(NAMES_SHOWN, names.size());
        String more = names.size() > shown ? " and " + (names.size() - shown) + " more" : "";
        return title + String.join("; ", names.subList(0, shown)) + more + ".";
    }

    /** The tensors by their current names, in alphabetical order. */
    public Map<String, TensorEntry> entries() {
        return Collections.unmodifiableMap(entries);
    }

    /** Maps one tensor's bytes, by its current name. */
    public ByteBuffer map(String name) {
        TensorEntry entry = entries.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("no tensor " + name + " in " + file.path());
        }
        return file.map(entry.name());
    }

    /** Whether {@link #map} gives pages of the file itself, which the system can fetch again, rather than a copy. */
    public boolean inFile() {
        return file instanceof SafetensorsFile;
    }
}
