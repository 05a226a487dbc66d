package org.riffloom.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.riffloom.checkpoint.ModelFolder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Token ids against transformers: one fixture has vocab.json and merges.txt, the other a tokenizer.json. */
class ClipTokenizerParityTests {

    static Iterable<String> fixtures() {
        return Reference.fixtures();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void idsAreThoseOfTransformers(String fixture) throws IOException {
        ModelFolder model = ModelFolder.open(Reference.folder(fixture).resolve("model"));
        String json = Files.readString(Reference.folder(fixture).resolve("tokens.json"));
        try (ClipTokenizer tokenizer = ClipTokenizer.load(model.tokenizer(), 77)) {
            for (JsonNode node : JsonMapper.builder().build().readTree(json)) {
                String text = node.get("text").stringValue();
                long[] expected = node.get("ids")
                        .valueStream()
                        .mapToLong(JsonNode::longValue)
                        .toArray();
                assertThat(tokenizer.window(tokenizer.words(text), 0)).as(text).isEqualTo(expected);
            }
        }
    }
}
