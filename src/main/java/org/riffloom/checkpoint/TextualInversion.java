package org.riffloom.checkpoint;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A word that was learned (Gal et al., <a href="https://arxiv.org/abs/2208.01618">arXiv 2208.01618</a>): embeddings of
 * tokens that the vocabulary does not have.
 *
 * @param file that holds them
 * @param token the word as prompts spell it, in any case
 * @param vectors [width] for one token, or [tokens, width]
 */
public record TextualInversion(TensorFile file, String token, TensorEntry vectors) {

    /** What the web UI calls the tensor, in safetensors files and in torch's; there the file's name is the word. */
    private static final Set<String> UNNAMED = Set.of("emb_params", "*");

    /** Where the web UI puts it in torch's files, beside the number of steps and the like. */
    private static final String TORCH_TENSORS = "string_to_param";

    /** As many as fit into one window of CLIP. */
    private static final int MAX_VECTORS = 75;

    /** Prompts give weights with brackets. */
    private static final Pattern WORD = Pattern.compile("[^()\\[\\]\\\\]*\\S[^()\\[\\]\\\\]*");

    /**
     * Reads a file of the web UI's, or one with a single tensor that is named after the word, as diffusers saves it:
     * safetensors, or {@code .bin} and {@code .pt} of torch.
     *
     * @param token to use instead of the file's own, or empty for that
     * @throws CheckpointException if the file is missing or malformed, holds anything else, or does not fit the model
     */
    public static TextualInversion open(Path path, String token, ModelFolder model) {
        TensorFile file = TensorFile.isTorch(path) ? TorchFile.open(path, TORCH_TENSORS) : SafetensorsFile.open(path);
        Map<String, TensorEntry> tensors = file.tensors();
        TensorEntry unnamed = tensors.values().stream()
                .filter(tensor -> UNNAMED.contains(tensor.name()))
                .findFirst()
                .orElse(null);
        if (unnamed == null && tensors.size() != 1) {
            throw new CheckpointException.Unsupported(
                    path,
                    "holds the tensors " + tensors.keySet() + "; a textual inversion for Stable Diffusion 1.x holds"
                            + " emb_params, " + TORCH_TENSORS + " or one that is named after its word (those for Stable"
                            + " Diffusion XL hold clip_l and clip_g).");
        }
        TensorEntry vectors = unnamed == null ? tensors.values().iterator().next() : unnamed;
        String own = unnamed == null ? vectors.name() : TensorFile.stem(path);
        String word = (token.isBlank() ? own : token).strip();
        if (!WORD.matcher(word).matches()) {
            throw new CheckpointException.Unsupported(
                    path, "is for the word \"" + word + "\"; give it one without brackets and backslashes.");
        }
        requireFit(path, vectors, model.textEncoder().width());
        return new TextualInversion(file, word, vectors);
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
