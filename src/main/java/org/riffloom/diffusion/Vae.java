package org.riffloom.diffusion;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.awt.image.BufferedImage;
import java.util.Map;
import org.riffloom.checkpoint.ModelFolder;
import org.riffloom.checkpoint.VaeConfig;

/** The autoencoder between pictures and latents. */
final class Vae implements AutoCloseable {

    private final Network network;

    private Vae(Network network) {
        this.network = network;
    }

    static Vae load(ModelFolder folder, Placement placement) {
        VaeConfig config = folder.vae();
        Map<String, Object> settings = Map.of(
                "groups", config.normGroups(), "levels", config.channels().size());
        Placement own = config.singlePrecision() ? placement.inSinglePrecision() : placement;
        return new Vae(Network.load("vae.py", settings, folder.vaeWeights(), own, Convolutions.PLAIN));
    }

    /**
     * The normal distribution of a picture's latents, not yet scaled.
     *
     * @param mean float32 [1, channels, height, width]
     * @param deviation the standard deviation, likewise
     */
    record Posterior(NDArray mean, NDArray deviation) implements AutoCloseable {
        @Override
        public void close() {
            mean.close();
            deviation.close();
        }
    }

    /** Encodes a picture, whose sides must be multiples of the factor; the result belongs to {@code manager}. */
    Posterior encode(NDManager manager, BufferedImage image) {
        try (NDArray pixels = Pixels.array(manager, image)) {
            NDList moments = network.run("encode", pixels);
            return new Posterior(moments.get(0), moments.get(1));
        }
    }

    /**
     * Draws latents from a posterior.
     *
     * @param draw the normal noise that picks the sample, float32 [1, channels, height, width]
     * @return likewise, not scaled, owned by {@code manager}
     */
    NDArray sample(NDManager manager, Posterior posterior, NDArray draw) {
        NDArray sample = network.run("sample", posterior.mean(), posterior.deviation(), draw)
                .singletonOrThrow();
        sample.attach(manager);
        return sample;
    }

    /**
     * Mixes latents with noise.
     *
     * @param noise like the latents; its manager owns the result
     * @param share of the latents
     * @param noiseShare share of the noise
     */
    NDArray noised(NDArray latents, NDArray noise, double share, double noiseShare) {
        try (NDManager host = noise.getManager().newSubManager(Device.cpu())) {
            NDArray noised = network.run("noised", host.create(new double[] {share, noiseShare}), latents, noise)
                    .singletonOrThrow();
            noised.attach(noise.getManager());
            return noised;
        }
    }

    /** Decodes latents, float32 [1, channels, height, width] and not scaled, to a picture. */
    BufferedImage decode(NDArray latents) {
        try (NDArray pixels = network.run("paint", latents).singletonOrThrow();
                NDArray host = pixels.toDevice(Device.cpu(), false)) {
            return Pixels.image(host);
        }
    }

    /** Decodes latents to float32 [1, 3, height, width], about −1 to 1 and not clamped. */
    NDArray decodeRaw(NDArray latents) {
        return network.run("decode", latents).singletonOrThrow();
    }

    /** Lets go of memory until the next picture, see {@link Network#rest}. */
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
