package org.riffloom.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.riffloom.audio.InversionQuality;
import org.riffloom.clip.EmbeddingProperties;
import org.riffloom.clip.LoraProperties;
import org.riffloom.clip.ModelProperties;
import org.riffloom.clip.SoundSettings;
import picocli.CommandLine.Option;

/** The options of a command that say which model it uses; the server's environment variables count here too, but for lists. */
final class ModelOptions {

    private static final int ONE_AT_A_TIME = 1;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            defaultValue = "${env:RIFFLOOM_MODEL:-riffloom-mini}",
            description = "riffloom-mini, a folder in diffusers layout, or the name of a model on a hub, such as "
                    + "riffusion/riffusion-model-v1 (default: ${DEFAULT-VALUE}).")
    private String model = "";

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "${env:RIFFLOOM_DEVICE:-auto}",
            description = "auto, cpu or cuda:N (default: ${DEFAULT-VALUE}).")
    private String device = "";

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "${env:RIFFLOOM_THREADS:-0}",
            description = "Threads on a CPU, 0 for half the processors (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            defaultValue = "${env:RIFFLOOM_DATA:-}",
            description = "Where the model is unpacked to (default: the platform's user data folder).")
    private String data = "";

    @Option(
            names = "--seed-images",
            paramLabel = "FOLDER",
            defaultValue = "${env:RIFFLOOM_SEEDIMAGES:-}",
            description =
                    "PNG pictures that --seed-image and --mask-image can name beside the model's own (default: seed_images "
                            + "in the data folder).")
    private String seedImages = "";

    @Option(
            names = "--scheduler",
            paramLabel = "NAME",
            defaultValue = "${env:RIFFLOOM_SCHEDULER:-}",
            description = "ddim, pndm, dpm++, dpm++-karras, euler, euler-ancestral or lcm (default: the model's own).")
    private String scheduler = "";

    @Option(
            names = "--lora",
            paramLabel = "FILE[=WEIGHT]",
            mapFallbackValue = "1",
            description =
                    "LoRA for Stable Diffusion 1.x, a file of safetensors or torch, and how much it counts (default: 1). May "
                            + "be given several times. An LCM-LoRA wants --scheduler lcm, whose defaults are 6 steps and no guidance.")
    private Map<String, Double> loras = new LinkedHashMap<>();

    @Option(
            names = "--embedding",
            paramLabel = "FILE",
            description =
                    "Learned word (textual inversion) for Stable Diffusion 1.x, a file of safetensors or torch. May be given "
                            + "several times. Prompts spell it like the file (the web UI's) or as the file says (diffusers').")
    private List<String> embeddings = new ArrayList<>();

    @Option(
            names = "--quality",
            paramLabel = "QUALITY",
            defaultValue = "${env:RIFFLOOM_SOUNDQUALITY:-standard}",
            description =
                    "draft, standard or best: how long the sound is worked on to come close to the image (default: "
                            + "${DEFAULT-VALUE}).")
    private InversionQuality quality = InversionQuality.STANDARD;

    @Option(
            names = "--compress",
            defaultValue = "${env:RIFFLOOM_COMPRESSOR:-false}",
            fallbackValue = "true",
            description = "Bring the loud and the quiet parts of the sound nearer to each other, gently (2:1).")
    private boolean compressed;

    /** How pictures are made into sound. */
    SoundSettings sound() {
        return new SoundSettings(quality, compressed);
    }

    ModelProperties properties(HubOptions hub) {
        return new ModelProperties(
                data,
                model,
                device,
                threads,
                ONE_AT_A_TIME,
                scheduler,
                loras.entrySet().stream()
                        .map(lora -> new LoraProperties(lora.getKey(), "", lora.getValue()))
                        .toList(),
                embeddings.stream()
                        .map(file -> new EmbeddingProperties(file, ""))
                        .toList(),
                seedImages,
                quality,
                compressed,
                hub.properties());
    }
}
