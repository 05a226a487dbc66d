package org.riffloom.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.riffloom.checkpoint.ModelFolder;
import org.riffloom.checkpoint.TextualInversion;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.RiffPoint;

/** Turns the words of a request into what the UNet attends to. A riff asks for the same words again and again. */
final class Conditioning implements AutoCloseable {

    /**
     * A riff between two prompts has three texts, and many sessions go round and round: with fewer places than texts none
     * would be found again. Stable Diffusion's take a quarter of a megabyte each in single precision.
     */
    private static final int TEXTS = 128;

    private final ClipTokenizer tokenizer;
    private final TextEncoder encoder;
    private final RecentlyUsed<Key, NDArray> embeddings = new RecentlyUsed<>(TEXTS);

    private record Key(String text, int windows, List<WornLora> worn) {}

    private Conditioning(ClipTokenizer tokenizer, TextEncoder encoder) {
        this.tokenizer = tokenizer;
        this.encoder = encoder;
    }

    /** @param inversions words that prompts may use beyond the vocabulary */
    static Conditioning load(ModelFolder folder, Placement placement, List<TextualInversion> inversions) {
        TextEncoder encoder = TextEncoder.load(folder, placement);
        try {
            LearnedWords learned =
                    new LearnedWords(inversions, folder.textEncoder().vocabulary());
            inversions.forEach(encoder::learn);
            ClipTokenizer tokenizer =
                    ClipTokenizer.load(folder.tokenizer(), folder.textEncoder().tokens(), learned);
            return new Conditioning(tokenizer, encoder);
        } catch (RuntimeException e) {
            encoder.close();
            throw e;
        }
    }

    /** Lets go of memory until the next new text. */
    void rest() {
        encoder.rest();
    }

    /** Has the text encoder change into these LoRAs. */
    void wear(List<WornLora> loras) {
        encoder.wear(loras);
    }

    /**
     * The text embeddings between the request's two points, interpolated linearly. All of its texts get as many windows
     * as the longest one needs.
     *
     * @return [2, tokens, width], negative text first; [1, tokens, width] where the guidance is 1, which needs none
     */
    NDArray of(NDManager manager, Interpolation request) {
        RiffPoint start = request.start();
        RiffPoint end = request.end();
        boolean guided = request.guidance() > 1;
        List<String> texts = guided
                ? List.of(
                        start.negativePrompt(),
                        end.negativePrompt(),
                        start.prompt().text(),
                        end.prompt().text())
                : List.of(start.prompt().text(), end.prompt().text());
        List<PromptTokens> tokens =
                texts.stream().map(text -> PromptTokens.of(tokenizer, text)).toList();
        int windows = tokens.stream().mapToInt(PromptTokens::windows).max().orElseThrow();
        NDList rows = new NDList();
        for (int i = 0; i < tokens.size(); i += 2) {
            NDArray from = embedding(texts.get(i), tokens.get(i), windows);
            NDArray to = embedding(texts.get(i + 1), tokens.get(i + 1), windows);
            rows.add(encoder.mix(manager, request.alpha(), from, to));
        }
        return guided ? NDArrays.concat(rows) : rows.singletonOrThrow();
    }

    private NDArray embedding(String text, PromptTokens tokens, int windows) {
        return embeddings.get(new Key(text, windows, encoder.worn()), unseen -> embed(tokens, windows));
    }

    private NDArray embed(PromptTokens tokens, int windows) {
        NDArray plain = encoder.encode(encoder.manager(), tokens.framed(tokenizer, windows));
        if (tokens.isPlain()) {
            return plain;
        }
        try (plain) {
            return encoder.weigh(plain, tokens.weights(tokenizer, windows));
        }
    }

    @Override
    public void close() {
        embeddings.close();
        encoder.close();
        tokenizer.close();
    }
}
