package org.riffloom.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Parses the JSON files of a model folder, strictly: a name given twice or anything after the end is an error. */
final class Json {

    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // Python writes infinities by name; diffusers' own scheduler configs hold one.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private Json() {}

    /**
     * Reads a whole file.
     *
     * @param maxBytes a file larger than this is not what it claims to be
     * @throws CheckpointException if it is missing, too large, unreadable or not JSON
     */
    static JsonNode read(Path path, long maxBytes) {
        if (!Files.isRegularFile(path)) {
            throw new CheckpointException.Missing(path, "there is no such file.");
        }
        try {
            long size = Files.size(path);
            if (size > maxBytes) {
                throw new CheckpointException.Malformed(
                        path, "has " + size + " bytes; at most " + maxBytes + " are read.");
            }
            return parse(path, Files.readAllBytes(path));
        } catch (IOException e) {
            throw new CheckpointException.Unreadable(path, e);
        }
    }

    static JsonNode parse(Path path, byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw new CheckpointException.Malformed(path, "is not valid JSON: " + e.getOriginalMessage());
        }
    }
}
