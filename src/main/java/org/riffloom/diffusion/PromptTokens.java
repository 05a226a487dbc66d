package org.riffloom.diffusion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.riffloom.prompt.WeightedText;

/**
 * A prompt's tokens and the weight of each, as Riffusion reads prompts. What a text encoder cannot read at once it reads
 * in up to three windows, each with a beginning and an end of its own; tokens beyond those are lost.
 */
final class PromptTokens {

    private static final int MAX_WINDOWS = 3;

    private final long[] words;
    private final float[] weights;
    private final int windows;

    private PromptTokens(long[] words, float[] weights, int windows) {
        this.words = words;
        this.weights = weights;
        this.windows = windows;
    }

    /** Reads a prompt, the weights in brackets included. */
    static PromptTokens of(ClipTokenizer tokenizer, String prompt) {
        int room = tokenizer.room();
        long[] words = new long[MAX_WINDOWS * room];
        float[] weights = new float[words.length];
        int count = 0;
        for (WeightedText piece : WeightedText.parse(prompt)) {
            // A piece begins and ends words: brackets within one make it two.
            long[] ids = tokenizer.words(piece.text());
            int kept = Math.min(ids.length, words.length - count);
            System.arraycopy(ids, 0, words, count, kept);
            Arrays.fill(weights, count, count + kept, (float) piece.weight());
            count += kept;
        }
        int windows = Math.max(1, (count + room - 1) / room);
        return new PromptTokens(Arrays.copyOf(words, count), Arrays.copyOf(weights, count), windows);
    }

    /** How many windows it needs. */
    int windows() {
        return windows;
    }

    /** Whether every token weighs 1. */
    boolean isPlain() {
        for (float weight : weights) {
            if (weight != 1) {
                return false;
            }
        }
        return true;
    }

    /** As many windows of ids, at least {@link #windows()}; those beyond have no words. */
    List<long[]> framed(ClipTokenizer tokenizer, int count) {
        List<long[]> framed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            framed.add(tokenizer.window(words, i * tokenizer.room()));
        }
        return framed;
    }

    /** The weight of each id in {@link #framed}, in one row; what frames the words weighs 1. */
    float[] weights(ClipTokenizer tokenizer, int count) {
        int room = tokenizer.room();
        float[] framed = new float[count * (room + 2)];
        Arrays.fill(framed, 1);
        for (int i = 0; i < weights.length; i++) {
            framed[i / room * (room + 2) + 1 + i % room] = weights[i];
        }
        return framed;
    }
}
