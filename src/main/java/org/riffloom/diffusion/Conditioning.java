package org.riffloom.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import org.riffloom.checkpoint.ModelFolder;
import org.riffloom.prompt.Interpolation;

/** Turns the words of a request into what the UNet attends to. A riff asks for the same words again and again. */
final class Conditioning implements AutoCloseable {

    private static final int TEXTS = 64;

    private final ClipTokenizer tokenizer;
    private final TextEncoder encoder;
    private final RecentlyUsed<String, NDArray> embeddings = new RecentlyUsed<>(TEXTS);

    private Conditioning(ClipTokenizer tokenizer, TextEncoder encoder) {
        this.tokenizer = tokenizer;
        this.encoder = encoder;
    }

    static Conditioning load(ModelFolder folder, Placement placement) {
        TextEncoder encoder = TextEncoder.load(folder, placement);
        try {
            ClipTokenizer tokenizer =
                    ClipTokenizer.load(folder.tokenizer(), folder.textEncoder().tokens());
            return new Conditioning(tokenizer, encoder);
        } catch (RuntimeException e) {
            encoder.close();
            throw e;
        }
    }

    /**
     * The text embeddings between the request's two points, interpolated linearly.
     *
     * @return [2, tokens, width], negative text first; [1, tokens, width] where the guidance is 1, which needs none
     */
    NDArray of(NDManager manager, Interpolation request) {
        NDArray positive = between(
                manager,
                request.alpha(),
                request.start().prompt().text(),
                request.end().prompt().text());
        if (request.guidance() <= 1) {
            return positive;
        }
        NDArray negative = between(
                manager,
                request.alpha(),
                request.start().negativePrompt(),
                request.end().negativePrompt());
        return NDArrays.concat(new NDList(negative, positive));
    }

    private NDArray between(NDManager manager, double alpha, String start, String end) {
        return encoder.mix(manager, alpha, embedding(start), embedding(end));
    }

    private NDArray embedding(String text) {
        return embeddings.get(text, unseen -> encoder.encode(encoder.manager(), tokenizer.encode(unseen)));
    }

    @Override
    public void close() {
        embeddings.close();
        encoder.close();
        tokenizer.close();
    }
}
