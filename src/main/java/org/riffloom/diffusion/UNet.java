package org.riffloom.diffusion;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.riffloom.checkpoint.Lora;
import org.riffloom.checkpoint.ModelFolder;
import org.riffloom.checkpoint.UNetConfig;

/**
 * The denoising network, with guidance and the solver's arithmetic inside, so that a step of several pictures is one call
 * and nothing comes back from the device in between.
 */
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
        Convolutions convolutions = Convolutions.packedOn(placement);
        return new UNet(Network.load("unet.py", settings, folder.unetWeights(), placement, convolutions));
    }

    /** Changes into these LoRAs; quick where it already wears them. */
    void wear(List<WornLora> loras) {
        wardrobe.wear(loras);
    }

    /** Puts large weights into the layout that they are computed in; the first step ends with it. */
    void pack() {
        network.pack();
    }

    /** Lets go of memory until the next step, see {@link Network#rest}. */
    void rest() {
        network.rest();
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
            return new State(latents, latents.duplicate());
        }

        /** With other latents in place of these. */
        State with(NDArray changed) {
            return new State(changed, memory);
        }

        /** Gives both arrays to another manager. */
        void attach(NDManager manager) {
            latents.attach(manager);
            memory.attach(manager);
        }

        @Override
        public void close() {
            latents.close();
            memory.close();
        }
    }

    /**
     * One picture's part in a step.
     *
     * @param context [2, tokens, width], negative text first, for guidance; [1, tokens, width] for none
     * @param guidance scale, without effect where the context has no negative text
     */
    record Part(State state, NDArray context, DenoisingStep step, double guidance) {}

    /** A manager for a step, on the host: a script reads numbers there without waiting for the device. */
    NDManager newScratch() {
        return network.manager().newSubManager(Device.cpu());
    }

    /**
     * Takes one denoising step of each of several pictures, whose timesteps, solvers, guidance and numbers of tokens may
     * differ. What one of them comes to does not depend on the others, but for rounding.
     *
     * @param scratch owns the results
     * @param parts with latents of one shape
     * @return where each is now
     */
    List<State> step(NDManager scratch, List<Part> parts) {
        double[] numbers = parts.stream()
                .flatMapToDouble(part -> Arrays.stream(part.step().numbers(part.guidance())))
                .toArray();
        List<NDArray> inputs = new ArrayList<>();
        inputs.add(scratch.create(numbers, new Shape(parts.size(), numbers.length / parts.size())));
        for (Part part : parts) {
            inputs.add(named("samples[]", part.state().latents()));
            inputs.add(named("contexts[]", part.context()));
            inputs.add(named("memories[]", part.state().memory()));
        }
        NDList next = network.run("forward", inputs.toArray(NDArray[]::new));
        List<State> states = new ArrayList<>();
        for (int i = 0; i < next.size(); i += 2) {
            states.add(new State(next.get(i), next.get(i + 1)));
        }
        pack();
        return states;
    }

    private static NDArray named(String name, NDArray array) {
        array.setName(name);
        return array;
    }

    /** Latents with noise of a weight added, owned by {@code scratch}. */
    NDArray withNoise(NDManager scratch, NDArray latents, NDArray noise, double weight) {
        return network.run("add_noise", scratch.create(weight), latents, noise).singletonOrThrow();
    }

    /** Latents with the part that a mask keeps, as noisy as a level says, owned by {@code scratch}. */
    NDArray withKept(NDManager scratch, NDArray latents, KeptPart kept, NoiseLevel level) {
        ImageLatents image = kept.image();
        NDArray shares = scratch.create(image.shares(level));
        return network.run("put_back", shares, latents, image.sample(), image.noise(), kept.keep(), kept.paint())
                .singletonOrThrow();
    }

    /** The bare prediction for a batch of latents, float32 [batch, channels, height, width], at one timestep. */
    NDArray predict(NDArray latents, double timestep, NDArray context) {
        try (NDManager host = latents.getManager().newSubManager(Device.cpu())) {
            NDArray prediction = network.run("predict_at", host.create(timestep), latents, context)
                    .singletonOrThrow();
            prediction.attach(latents.getManager());
            return prediction;
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
