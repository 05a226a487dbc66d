package org.riffloom.diffusion;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import org.riffloom.checkpoint.Lora;
import org.riffloom.checkpoint.ModelFolder;
import org.riffloom.checkpoint.UNetConfig;

/** The denoising network, with guidance and the solver's arithmetic inside, so that a step is one call. */
final class UNet implements AutoCloseable {

    private final Network network;
    private final Wardrobe wardrobe;

    private UNet(Network network) {
        this.network = network;
        this.wardrobe = new Wardrobe(network, Lora::unet);
    }

    static UNet load(ModelFolder folder, Placement placement) {
        UNetConfig config = folder.unet();
        Map<String, Object> settings = Map.of(
                "groups", config.normGroups(),
                "levels", config.channels().size(),
                "heads", config.heads(),
                "width", config.channels().get(0),
                "eps", config.normEps(),
                "down_padding", config.downPadding(),
                "cosine_first", config.cosineFirst(),
                "frequency_shift", config.frequencyShift());
        return new UNet(Network.load("unet.py", settings, folder.unetWeights(), placement));
    }

    /** Changes into these LoRAs; quick where it already wears them. */
    void wear(List<WornLora> loras) {
        wardrobe.wear(loras);
    }

    /**
     * What one step of the solver leaves behind.
     *
     * @param latents after the step
     * @param memory what later steps may need, [rows, channels, height, width]: the image that the network saw in the
     *     noise, the latents before the step, and its last outputs
     */
    record State(NDArray latents, NDArray memory) implements AutoCloseable {

        /** Before the first step, when there is nothing to remember and every solver's weights of it are 0. */
        static State before(NDArray latents) {
            return new State(latents, latents);
        }

        /** With other latents in place of these, which are closed. */
        State with(NDArray changed) {
            latents.close();
            return new State(changed, memory);
        }

        @Override
        public void close() {
            latents.close();
            memory.close();
        }
    }

    /**
     * Takes one denoising step.
     *
     * @param context [2, tokens, width], negative text first, for guidance; [1, tokens, width] for none
     * @param guidance scale, without effect where the context has no negative text
     */
    State step(State state, NDArray context, DenoisingStep step, double guidance) {
        // Numbers stay on the host: there the script reads them without waiting for the device.
        try (NDManager host = context.getManager().newSubManager(Device.cpu())) {
            NDArray numbers = host.create(step.numbers(guidance));
            NDList next = network.run("forward", state.latents(), context, state.memory(), numbers);
            return new State(next.get(0), next.get(1));
        }
    }

    /** The bare prediction for a batch of latents, float32 [batch, channels, height, width], at one timestep. */
    NDArray predict(NDArray latents, double timestep, NDArray context) {
        try (NDManager host = context.getManager().newSubManager(Device.cpu())) {
            return network.run("predict_at", latents, host.create(timestep), context)
                    .singletonOrThrow();
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
