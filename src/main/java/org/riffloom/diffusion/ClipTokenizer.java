package org.riffloom.diffusion;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.riffloom.checkpoint.TokenizerFiles;

/** CLIP's tokenizer: words to token ids, and those to windows of as many as the text encoder reads. */
final class ClipTokenizer implements AutoCloseable {

    private final HuggingFaceTokenizer tokenizer;
    private final LearnedWords learned;
    private final int length;
    private final long begin;
    private final long end;
    private final long pad;

    private ClipTokenizer(HuggingFaceTokenizer tokenizer, TokenizerFiles files, int length, LearnedWords learned) {
        this.tokenizer = tokenizer;
        this.learned = learned;
        this.length = length;
        this.begin = special(files, files.beginToken());
        this.end = special(files, files.endToken());
        this.pad = special(files, files.padToken());
    }

    /** @param length of a window, 77 for CLIP */
    static ClipTokenizer load(TokenizerFiles files, int length) {
        return load(files, length, new LearnedWords(List.of(), 0));
    }

    /** The same with words beyond the vocabulary. */
    static ClipTokenizer load(TokenizerFiles files, int length, LearnedWords learned) {
        // Framing, cutting and padding are done here, whatever the file says about them.
        Map<String, String> options = Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");
        try {
            HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(files.json().getBytes(StandardCharsets.UTF_8)), options);
            return new ClipTokenizer(tokenizer, files, length, learned);
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(
                    files.path() + ": is no tokenizer that can be read: " + e.getMessage(), e);
        }
    }

    private long special(TokenizerFiles files, String token) {
        long[] ids = tokenizer.encode(token, false, false).getIds();
        if (ids.length != 1) {
            throw new IllegalArgumentException(
                    "the special token " + token + " is not among the added tokens of " + files.path());
        }
        return ids[0];
    }

    /** The ids of a text, as many as it takes and without a frame. */
    long[] words(String text) {
        return learned.split(text, part -> tokenizer.encode(part, false, false).getIds());
    }

    /** How many words fit into a window. */
    int room() {
        return length - 2;
    }

    /**
     * Frames words: begin, as many of them as fit, end, padding.
     *
     * @param from the first of the words; there may be none left
     * @return exactly as many ids as the text encoder reads
     */
    long[] window(long[] words, int from) {
        int kept = Math.max(0, Math.min(words.length - from, room()));
        long[] ids = new long[length];
        Arrays.fill(ids, pad);
        ids[0] = begin;
        System.arraycopy(words, Math.min(from, words.length), ids, 1, kept);
        ids[kept + 1] = end;
        return ids;
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
