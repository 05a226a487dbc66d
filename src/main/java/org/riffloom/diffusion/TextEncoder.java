package org.riffloom.diffusion;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.riffloom.checkpoint.Lora;
import org.riffloom.checkpoint.ModelFolder;
import org.riffloom.checkpoint.TextEncoderConfig;
import org.riffloom.checkpoint.TextualInversion;

/** CLIP's text model: token ids to one embedding for each token. */
final class TextEncoder implements AutoCloseable {

    private final Network network;
    private final Wardrobe wardrobe;

    private TextEncoder(Network network) {
        this.network = network;
        this.wardrobe = new Wardrobe(network, Lora::textEncoder);
    }

    static TextEncoder load(ModelFolder folder, Placement placement) {
        TextEncoderConfig config = folder.textEncoder();
        Map<String, Object> settings = Map.of(
                "groups", 1,
                "layers", config.layers(),
                "heads", config.heads(),
                "eps", config.normEps(),
                "quick_gelu", config.activation().equals("quick_gelu"));
        return new TextEncoder(
                Network.load("text_encoder.py", settings, folder.textEncoderWeights(), placement, Convolutions.PLAIN));
    }

    /** Gives the tokens of a learned word the next ids after those that there are. */
    void learn(TextualInversion inversion) {
        try (NDManager scratch = manager().newSubManager(Device.cpu())) {
            NDArray vectors = Network.array(scratch, inversion.vectors(), inversion.map());
            network.run("learn", vectors.reshape(inversion.tokens(), -1)).close();
        }
    }

    /** Changes into these LoRAs; quick where it already wears them. */
    void wear(List<WornLora> loras) {
        wardrobe.wear(loras);
    }

    /** The LoRAs that its embeddings depend on now. */
    List<WornLora> worn() {
        return wardrobe.worn();
    }

    /**
     * Encodes one prompt, window by window.
     *
     * @param windows each with as many ids as the model reads
     * @return [1, tokens of all windows, width] on the device, owned by {@code manager}
     */
    NDArray encode(NDManager manager, List<long[]> windows) {
        long[] ids = windows.stream().flatMapToLong(Arrays::stream).toArray();
        try (NDArray batch = manager.create(ids, new Shape(windows.size(), ids.length / windows.size()))) {
            return network.run("forward", batch).singletonOrThrow();
        }
    }

    /**
     * Weighs an embedding, token by token, and restores its mean.
     *
     * @param weights one for each token of all windows
     * @return like the embedding, owned by its manager
     */
    NDArray weigh(NDArray embedding, float[] weights) {
        try (NDArray each = embedding.getManager().create(weights)) {
            return network.run("weigh", embedding, each).singletonOrThrow();
        }
    }

    /** The embedding at {@code alpha} between two, owned by {@code manager}. */
    NDArray mix(NDManager manager, double alpha, NDArray start, NDArray end) {
        try (NDManager host = manager.newSubManager(Device.cpu());
                NDArray place = host.create(alpha)) {
            NDArray mixed = network.run("mix", place, start, end).singletonOrThrow();
            mixed.attach(manager);
            return mixed;
        }
    }

    /** Lets go of memory until the next text, see {@link Network#rest}. */
    void rest() {
        network.rest();
    }

    NDManager manager() {
        return network.manager();
    }

    @Override
    public void close() {
        network.close();
    }
}
