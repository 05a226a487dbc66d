package org.riffloom.checkpoint;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A word that was learned (Gal et al., <a href="https://arxiv.org/abs/2208.01618">arXiv 2208.01618</a>): embeddings of
 * tokens that the vocabulary does not have.
 *
 * @param file that holds them
 * @param token the word as prompts spell it, in any case
 * @param vectors [width] for one token, or [tokens, width]
 */
public record TextualInversion(SafetensorsFile file, String token, TensorEntry vectors) {

    /** The tensor of files that the web UI writes, where the file's name is the word. */
    private static final String UNNAMED = "emb_params";

    /** As many as fit into one window of CLIP. */
    private static final int MAX_VECTORS = 75;

    /** Prompts give weights with brackets. */
    private static final Pattern WORD = Pattern.compile("[^()\\[\\]\\\\]*\\S[^()\\[\\]\\\\]*");

    /**
     * Reads a safetensors file with either a tensor {@code emb_params} or one that is named after the word, as diffusers
     * saves it.
     *
     * @param token to use instead of the file's own, or empty for that
     * @throws CheckpointException if the file is missing or malformed, holds anything else, or does not fit the model
     */
    public static TextualInversion open(Path path, String token, ModelFolder model) {
        SafetensorsFile file = SafetensorsFile.open(path);
        Map<String, TensorEntry> tensors = file.tensors();
        TensorEntry unnamed = tensors.get(UNNAMED);
        if (unnamed == null && tensors.size() != 1) {
            throw new CheckpointException.Unsupported(
                    path,
                    "holds the tensors " + tensors.keySet() + "; a textual inversion for Stable Diffusion 1.x holds "
                            + UNNAMED
                            + " or one that is named after its word (those for Stable Diffusion XL hold clip_l"
                            + " and clip_g).");
        }
        TensorEntry vectors = unnamed == null ? tensors.values().iterator().next() : unnamed;
        String own = unnamed == null ? vectors.name() : stem(path);
        String word = (token.isBlank() ? own : token).strip();
        if (!WORD.matcher(word).matches()) {
            throw new CheckpointException.Unsupported(
                    path, "is for the word \"" + word + "\"; give it one without brackets and backslashes.");
        }
        requireFit(path, vectors, model.textEncoder().width());
        return new TextualInversion(file, word, vectors);
    }

    private static String stem(Path path) {
        return path.getFileName().toString().replaceFirst("\\.safetensors$", "");
    }

    private static void requireFit(Path path, TensorEntry vectors, int width) {
        List<Long> shape = vectors.shape();
        boolean one = shape.size() == 1;
        if (shape.isEmpty() || shape.size() > 2 || shape.get(shape.size() - 1) != width) {
            throw new CheckpointException.TensorMismatch(
                    path,
                    "tensor " + vectors.name() + " has shape " + shape + "; for this model's text encoder it must be ["
                            + width + "] or [tokens, " + width + "].");
        }
        if (!one && (shape.get(0) < 1 || shape.get(0) > MAX_VECTORS)) {
            throw new CheckpointException.Unsupported(
                    path,
                    "tensor " + vectors.name() + " holds " + shape.get(0) + " tokens; a word has 1 to " + MAX_VECTORS
                            + ".");
        }
        if (!vectors.type().isWeight()) {
            throw new CheckpointException.Unsupported(
                    path,
                    "tensor " + vectors.name() + " has dtype " + vectors.type() + "; it must be F32, F16 or BF16.");
        }
    }

    /** How many tokens it is. */
    public int tokens() {
        return vectors.shape().size() == 1 ? 1 : Math.toIntExact(vectors.shape().get(0));
    }

    /** Maps the embeddings' bytes. */
    public ByteBuffer map() {
        return file.map(vectors.name());
    }
}
