package org.riffloom.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A component's config, read setting by setting: each is checked and, where it is wrong, named with its file. */
final class ConfigFile {

    private static final long MAX_BYTES = 1_000_000;

    private final Path path;
    private final JsonNode root;

    private ConfigFile(Path path, JsonNode root) {
        this.path = path;
        this.root = root;
    }

    /** @throws CheckpointException if the file is missing, too large, or no JSON object */
    static ConfigFile read(Path path) {
        return of(path, Json.read(path, MAX_BYTES));
    }

    static ConfigFile of(Path path, JsonNode root) {
        if (!root.isObject()) {
            throw new CheckpointException.Malformed(path, "is not a JSON object.");
        }
        return new ConfigFile(path, root);
    }

    Path path() {
        return path;
    }

    /** The setting's value, or {@code null} where the file leaves it out or says null. */
    @Nullable
    JsonNode find(String name) {
        JsonNode node = root.path(name);
        return node.isMissingNode() || node.isNull() ? null : node;
    }

    private JsonNode require(String name, String kind) {
        JsonNode node = find(name);
        if (node == null) {
            throw new CheckpointException.Malformed(path, "has no " + name + "; it must be " + kind + ".");
        }
        return node;
    }

    /** A whole number from {@code 1} to 2³¹−1. */
    int size(String name) {
        return positive(name, require(name, "a whole number above 0"));
    }

    int size(String name, int fallback) {
        JsonNode node = find(name);
        return node == null ? fallback : positive(name, node);
    }

    /** A whole number from {@code 0} to 2³¹−1, which is {@code 0} where it is left out. */
    int count(String name) {
        JsonNode node = find(name);
        if (node == null) {
            return 0;
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < 0) {
            throw wrong(name, node, "a whole number from 0");
        }
        return node.intValue();
    }

    /** A whole number, 0 and below included. */
    int integer(String name, int fallback) {
        JsonNode node = find(name);
        if (node == null) {
            return fallback;
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt()) {
            throw wrong(name, node, "a whole number");
        }
        return node.intValue();
    }

    double number(String name, double fallback) {
        JsonNode node = find(name);
        if (node == null) {
            return fallback;
        }
        if (!node.isNumber()) {
            throw wrong(name, node, "a number");
        }
        return node.doubleValue();
    }

    boolean flag(String name, boolean fallback) {
        JsonNode node = find(name);
        if (node == null) {
            return fallback;
        }
        if (!node.isBoolean()) {
            throw wrong(name, node, "true or false");
        }
        return node.booleanValue();
    }

    String text(String name) {
        return text(name, require(name, "a text"));
    }

    String text(String name, String fallback) {
        JsonNode node = find(name);
        return node == null ? fallback : text(name, node);
    }

    List<Integer> sizes(String name) {
        List<Integer> sizes = new ArrayList<>();
        for (JsonNode item : list(name)) {
            sizes.add(positive(name, item));
        }
        return List.copyOf(sizes);
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : list(name)) {
            texts.add(text(name, item));
        }
        return List.copyOf(texts);
    }

    /** Either one whole number for every level, or a list with one for each. */
    List<Integer> sizePerLevel(String name, int levels, int fallback) {
        JsonNode node = find(name);
        if (node == null || !node.isArray()) {
            return Collections.nCopies(levels, size(name, fallback));
        }
        List<Integer> sizes = sizes(name);
        if (sizes.size() != levels) {
            throw wrong(name, node, "a list with " + levels + " numbers, one for each level");
        }
        return sizes;
    }

    /**
     * Accepts a setting only with one value, for what the network as written here does not branch on.
     *
     * @throws CheckpointException.Unsupported if the file says anything else
     */
    void requireOnly(String name, Object supported) {
        JsonNode node = find(name);
        if (node == null) {
            return;
        }
        String found = node.isString() ? node.stringValue() : node.toString();
        if (!found.equals(supported.toString())) {
            throw new CheckpointException.Unsupported(
                    path, name + " is " + found + "; only " + supported + " is supported.");
        }
    }

    /** Refuses a setting that adds a part to the network which is not written here. */
    void requireAbsent(String name) {
        JsonNode node = find(name);
        if (node != null) {
            throw new CheckpointException.Unsupported(path, name + " is " + node + "; only null is supported.");
        }
    }

    /** Refuses any block type that is not among those written here. */
    void requireAmong(String name, List<String> found, List<String> supported) {
        for (String type : found) {
            if (!supported.contains(type)) {
                throw new CheckpointException.Unsupported(
                        path, name + " names " + type + "; supported are " + String.join(", ", supported) + ".");
            }
        }
    }

    CheckpointException wrong(String name, JsonNode found, String expected) {
        return new CheckpointException.Malformed(path, name + " is " + found + "; it must be " + expected + ".");
    }

    private JsonNode list(String name) {
        JsonNode node = require(name, "a list");
        if (!node.isArray() || node.isEmpty()) {
            throw wrong(name, node, "a list with at least one item");
        }
        return node;
    }

    private int positive(String name, JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < 1) {
            throw wrong(name, node, "a whole number above 0");
        }
        return node.intValue();
    }

    private String text(String name, JsonNode node) {
        if (!node.isString()) {
            throw wrong(name, node, "a text");
        }
        return node.stringValue();
    }
}
