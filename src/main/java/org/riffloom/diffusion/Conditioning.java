package org.riffloom.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.riffloom.checkpoint.ModelFolder;
import org.riffloom.checkpoint.TextualInversion;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.PromptMix;
import org.riffloom.prompt.RiffPoint;

/** Turns the words of a request into what the UNet attends to. A riff asks for the same words again and again. */
final class Conditioning implements AutoCloseable {

    /**
     * A riff between two prompts has three texts, one of a mixer seven, and many sessions go round and round: with fewer
     * places than texts none would be found again. Stable Diffusion's take a quarter of a megabyte each in single precision.
     */
    private static final int TEXTS = 256;

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
        Map<String, PromptTokens> tokens = new HashMap<>();
        Stream<String> negative = guided ? Stream.of(start.negativePrompt(), end.negativePrompt()) : Stream.empty();
        Stream<String> positive = Stream.of(start, end)
                .flatMap(point -> point.prompt().parts().stream())
                .map(part -> part.prompt().text());
        Stream.concat(negative, positive)
                .forEach(text -> tokens.computeIfAbsent(text, unseen -> PromptTokens.of(tokenizer, text)));
        int windows =
                tokens.values().stream().mapToInt(PromptTokens::windows).max().orElseThrow();
        Texts texts = new Texts(manager, tokens, windows);
        NDArray wanted = encoder.mix(manager, request.alpha(), texts.of(start.prompt()), texts.of(end.prompt()));
        return guided
                ? NDArrays.concat(new NDList(
                        encoder.mix(
                                manager,
                                request.alpha(),
                                texts.of(start.negativePrompt()),
                                texts.of(end.negativePrompt())),
                        wanted))
                : wanted;
    }

    /** The embeddings of a request's texts, all of as many windows. */
    private final class Texts {

        private final NDManager manager;
        private final Map<String, PromptTokens> tokens;
        private final int windows;

        Texts(NDManager manager, Map<String, PromptTokens> tokens, int windows) {
            this.manager = manager;
            this.tokens = tokens;
            this.windows = windows;
        }

        NDArray of(String text) {
            return embedding(text, Objects.requireNonNull(tokens.get(text)), windows);
        }

        /**
         * The weighted sum, one prompt after the other: each is a place on the line from those before it to the next. So
         * two prompts are, to the last bit, what a transition between them passes.
         *
         * <p>The sum is shorter than its parts, and stays so. Made 1.2 to 1.5 times as long, as long as its prompts are on
         * average, it gives the embedded model's clips more of one prompt, not of all: {@code models/eval}'s classifier
         * finds the prompts of a mix with a probability of 0.55 in place of 0.49 of two (24 clips) and 0.71 in place of 0.59
         * of three (9 clips), but the weaker one of two with 0.040 in place of 0.036, and the weakest of three with 0.010
         * in place of 0.021. And no clip of a mix would be one of a transition any more.
         */
        NDArray of(PromptMix mix) {
            NDArray sum = of(mix.parts().get(0).prompt().text());
            double weight = mix.parts().get(0).weight();
            for (PromptMix.Part part : mix.parts().subList(1, mix.parts().size())) {
                weight += part.weight();
                sum = encoder.mix(
                        manager, part.weight() / weight, sum, of(part.prompt().text()));
            }
            return sum;
        }
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
