package org.riffloom.checkpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Builds a {@code tokenizer.json} for CLIP's tokenizer, which is fully described by its vocabulary and its merges:
 * Unicode NFC, runs of white space as one, lower case, CLIP's own splitting, bytes as letters, and byte pairs merged
 * within words that end in {@code </w>}.
 */
final class ClipTokenizerJson {

    /** Contractions, runs of letters, single digits, runs of anything else that is not white space. */
    private static final String WORDS = "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";

    private final Path vocabulary;
    private final Path merges;
    private final String begin;
    private final String end;

    ClipTokenizerJson(Path vocabulary, Path merges, String begin, String end) {
        this.vocabulary = vocabulary;
        this.merges = merges;
        this.begin = begin;
        this.end = end;
    }

    String build(long maxBytes) {
        JsonNode ids = Json.read(vocabulary, maxBytes);
        ObjectNode root = Json.MAPPER.createObjectNode();
        root.put("version", "1.0");
        ArrayNode added = root.putArray("added_tokens");
        for (String token : List.of(begin, end)) {
            added.addObject()
                    .put("id", id(ids, token))
                    .put("content", token)
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
        }
        normalizer(root.putObject("normalizer"));
        preTokenizer(root.putObject("pre_tokenizer"));
        root.putNull("post_processor");
        root.putObject("decoder")
                .put("type", "ByteLevel")
                .put("add_prefix_space", true)
                .put("trim_offsets", true)
                .put("use_regex", true);
        ObjectNode model = root.putObject("model");
        model.put("type", "BPE").putNull("dropout").put("unk_token", end);
        model.put("continuing_subword_prefix", "")
                .put("end_of_word_suffix", "</w>")
                .put("fuse_unk", false);
        model.set("vocab", ids);
        ArrayNode pairs = model.putArray("merges");
        mergeLines(maxBytes).forEach(pairs::add);
        return root.toString();
    }

    private static void normalizer(ObjectNode node) {
        ArrayNode steps = node.put("type", "Sequence").putArray("normalizers");
        steps.addObject().put("type", "NFC");
        ObjectNode replace = steps.addObject().put("type", "Replace");
        replace.putObject("pattern").put("Regex", "\\s+");
        replace.put("content", " ");
        steps.addObject().put("type", "Lowercase");
    }

    private static void preTokenizer(ObjectNode node) {
        ArrayNode steps = node.put("type", "Sequence").putArray("pretokenizers");
        ObjectNode split = steps.addObject().put("type", "Split");
        split.putObject("pattern").put("Regex", "<\\|startoftext\\|>|<\\|endoftext\\|>|" + WORDS);
        split.put("behavior", "Removed").put("invert", true);
        steps.addObject()
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", true);
    }

    private int id(JsonNode ids, String token) {
        JsonNode id = ids.path(token);
        if (!id.isIntegralNumber()) {
            throw new CheckpointException.Malformed(vocabulary, "has no id for the special token " + token + ".");
        }
        return id.intValue();
    }

    private List<String> mergeLines(long maxBytes) {
        try {
            if (Files.size(merges) > maxBytes) {
                throw new CheckpointException.Malformed(merges, "is larger than " + maxBytes + " bytes.");
            }
            return Files.readString(merges, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#version") && !line.isBlank())
                    .peek(this::requirePair)
                    .toList();
        } catch (IOException e) {
            throw new CheckpointException.Unreadable(merges, e);
        }
    }

    private void requirePair(String line) {
        if (line.split(" ", -1).length != 2) {
            throw new CheckpointException.Malformed(merges, "has the line \"" + line + "\"; a merge is two tokens.");
        }
    }
}
