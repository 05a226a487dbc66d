package org.riffloom.checkpoint;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A latent diffusion model in the folder layout of diffusers' {@code StableDiffusionPipeline}, its configs read and
 * checked. Weights are opened apart, with {@link #textEncoderWeights()} and its like.
 *
 * @param path of the folder
 * @param textEncoder of {@code text_encoder}
 * @param tokenizer of {@code tokenizer}
 * @param unet of {@code unet}
 * @param vae of {@code vae}
 * @param scheduler of {@code scheduler}
 * @param profile how the model wants to be used
 */
public record ModelFolder(
        Path path,
        TextEncoderConfig textEncoder,
        TokenizerFiles tokenizer,
        UNetConfig unet,
        VaeConfig vae,
        SchedulerConfig scheduler,
        ModelProfile profile) {

    private static final String SCHEDULER = "scheduler/scheduler_config.json";

    /** Reads the configs of a model, with the solver that it names. */
    public static ModelFolder open(Path path) {
        return open(path, null);
    }

    /**
     * Reads the configs of a model.
     *
     * @param instead a solver to take the place of the one that the model names, or {@code null}
     * @throws CheckpointException if a file is missing or malformed, or the model is of another family
     */
    public static ModelFolder open(Path path, SchedulerConfig.@Nullable Solver instead) {
        if (!Files.isDirectory(path)) {
            throw new CheckpointException.Missing(path, "there is no such folder; a model is a folder.");
        }
        ConfigFile index = ConfigFile.read(path.resolve("model_index.json"));
        for (String part : new String[] {"text_encoder", "tokenizer", "unet", "vae", "scheduler"}) {
            if (index.find(part) == null) {
                throw new CheckpointException.Malformed(
                        index.path(), "names no " + part + "; a Stable Diffusion 1.x model has one.");
            }
        }
        ModelFolder folder = new ModelFolder(
                path,
                TextEncoderConfig.read(path.resolve("text_encoder/config.json")),
                TokenizerFiles.read(path.resolve("tokenizer")),
                UNetConfig.read(path.resolve("unet/config.json")),
                VaeConfig.read(path.resolve("vae/config.json")),
                SchedulerConfig.read(path.resolve(SCHEDULER), instead),
                ModelProfile.read(path));
        folder.requireFittingParts();
        return folder;
    }

    /**
     * The model's noise schedule with another solver.
     *
     * @throws CheckpointException if the two do not go together
     */
    public SchedulerConfig schedulerWith(SchedulerConfig.Solver solver) {
        return SchedulerConfig.read(path.resolve(SCHEDULER), solver);
    }

    /** The same model with another config of its scheduler. */
    public ModelFolder withScheduler(SchedulerConfig other) {
        return new ModelFolder(path, textEncoder, tokenizer, unet, vae, other, profile);
    }

    /** Width and height in pixels of a picture made from noise alone. */
    public int imageSize() {
        return unet.sampleSize() * vae.factor();
    }

    /** The text encoder's weights. */
    public Weights textEncoderWeights() {
        return Weights.match(textEncoderFile(), NetworkTensors.of(textEncoder));
    }

    /** The UNet's weights. */
    public Weights unetWeights() {
        return Weights.match(unetFile(), NetworkTensors.of(unet));
    }

    /** The autoencoder's weights. */
    public Weights vaeWeights() {
        return Weights.match(vaeFile(), NetworkTensors.of(vae));
    }

    /**
     * A name for the weights: 64 hexadecimal digits, equal for equal weights wherever they are, and different where they were
     * trained any further or are stored in another precision. Samples of the tensors are read, not all of them.
     *
     * @throws CheckpointException if they cannot be read
     */
    public String fingerprint() {
        WeightsFingerprint fingerprint = new WeightsFingerprint();
        fingerprint.add("text_encoder", textEncoderFile());
        fingerprint.add("unet", unetFile());
        fingerprint.add("vae", vaeFile());
        return fingerprint.digits();
    }

    private TensorFile textEncoderFile() {
        return file("text_encoder", WeightsName.TRANSFORMERS);
    }

    private TensorFile unetFile() {
        return file("unet", WeightsName.DIFFUSERS);
    }

    private TensorFile vaeFile() {
        return file("vae", WeightsName.DIFFUSERS);
    }

    private TensorFile file(String part, WeightsName name) {
        Path folder = path.resolve(part);
        // Where several are there a full one wins: it loses nothing, and half precision can still be made of it.
        String file = name.fullFirst().stream()
                .filter(candidate -> Files.exists(folder.resolve(candidate)))
                .findFirst()
                .orElse(name.usual());
        return TensorFile.open(folder.resolve(file));
    }

    private void requireFittingParts() {
        if (unet.contextWidth() != textEncoder.width()) {
            throw new CheckpointException.Malformed(
                    path,
                    "cross_attention_dim of the UNet is " + unet.contextWidth() + "; it must be hidden_size of the text"
                            + " encoder, " + textEncoder.width() + ".");
        }
        int varied = profile.spectralVariation().channels();
        if (varied != 0 && varied != vae.latentChannels()) {
            throw new CheckpointException.Malformed(
                    path.resolve("riffloom.json"),
                    "spectralVariation has " + varied + " channels; it must have latent_channels of the VAE, "
                            + vae.latentChannels() + ".");
        }
        if (unet.inChannels() != vae.latentChannels() || unet.outChannels() != vae.latentChannels()) {
            throw new CheckpointException.Unsupported(
                    path,
                    "the UNet reads " + unet.inChannels() + " and predicts " + unet.outChannels()
                            + " channels; both must be latent_channels of the VAE, " + vae.latentChannels()
                            + " (models for in-painting read more).");
        }
    }
}
