package org.riffloom.checkpoint;

import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/**
 * A CLIP tokenizer.
 *
 * @param path the file it was read from, for messages
 * @param json in the form of a {@code tokenizer.json}
 * @param beginToken put before every prompt
 * @param endToken put after it
 * @param padToken put after that, until the text encoder's length is reached
 */
public record TokenizerFiles(Path path, String json, String beginToken, String endToken, String padToken) {

    private static final long MAX_BYTES = 32_000_000;

    /**
     * Reads {@code tokenizer.json}, or builds its like from {@code vocab.json} and {@code merges.txt}, the form of the
     * checkpoints of 2022.
     */
    static TokenizerFiles read(Path folder) {
        Path settings = folder.resolve("tokenizer_config.json");
        String begin = "<|startoftext|>";
        String end = "<|endoftext|>";
        String pad = end;
        if (Files.exists(settings)) {
            ConfigFile config = ConfigFile.read(settings);
            begin = token(config, "bos_token", begin);
            end = token(config, "eos_token", end);
            pad = token(config, "pad_token", end);
        }
        Path whole = folder.resolve("tokenizer.json");
        if (Files.exists(whole)) {
            return new TokenizerFiles(whole, Json.read(whole, MAX_BYTES).toString(), begin, end, pad);
        }
        Path vocabulary = folder.resolve("vocab.json");
        Path merges = folder.resolve("merges.txt");
        if (!Files.exists(vocabulary) || !Files.exists(merges)) {
            throw new CheckpointException.Missing(
                    folder, "holds no tokenizer.json, nor both vocab.json and merges.txt.");
        }
        String json = new ClipTokenizerJson(vocabulary, merges, begin, end).build(MAX_BYTES);
        return new TokenizerFiles(vocabulary, json, begin, end, pad);
    }

    /** A special token is written as its text or as an object around it. */
    private static String token(ConfigFile config, String name, String fallback) {
        JsonNode node = config.find(name);
        if (node == null) {
            return fallback;
        }
        JsonNode text = node.isObject() ? node.path("content") : node;
        if (!text.isString()) {
            throw config.wrong(name, node, "a token's text");
        }
        return text.stringValue();
    }
}
