package org.riffloom.clip;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.riffloom.audio.InversionQuality;
import org.riffloom.checkpoint.DataFolder;
import org.riffloom.diffusion.AddOns;
import org.riffloom.prompt.SchedulerName;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which model makes the clips, and where: {@code riffloom.data}, {@code .model}, {@code .device}, {@code .threads},
 * {@code .batch}, {@code .scheduler}, {@code .loras}, {@code .embeddings}, {@code .seed-images}, {@code .sound-quality},
 * {@code .compressor}, {@code .hub}.
 *
 * @param data folder for what the program keeps on disk; empty for the platform's own
 * @param model {@code riffloom-mini}, a folder in diffusers layout, or {@code owner/name} on a hub
 * @param device {@code auto}, {@code cpu} or {@code cuda:N}
 * @param threads of the network on a CPU; 0 for half the processors
 * @param batch pictures that may share a pass of the network; 0 for what suits the device
 * @param scheduler by name, for requests that name none; empty for the one that the model names
 * @param loras that requests can name
 * @param embeddings words that prompts can use
 * @param seedImages folder of pictures that requests can name beside the model's own; empty for {@code seed_images} in
 *     {@code data}
 * @param soundQuality how long each clip's sound is worked on
 * @param compressor whether the loud and the quiet parts of each clip are brought nearer to each other
 * @param hub where models with a hub's name come from
 */
@ConfigurationProperties("riffloom")
public record ModelProperties(
        @DefaultValue("") String data,
        @DefaultValue("riffloom-mini") String model,
        @DefaultValue("auto") String device,
        @DefaultValue("0") int threads,
        @DefaultValue("0") int batch,
        @DefaultValue("") String scheduler,
        @DefaultValue List<LoraProperties> loras,
        @DefaultValue List<EmbeddingProperties> embeddings,
        @DefaultValue("") String seedImages,
        @DefaultValue("standard") InversionQuality soundQuality,
        @DefaultValue("false") boolean compressor,
        @DefaultValue HubProperties hub) {

    @ConstructorBinding
    public ModelProperties {
        loras = List.copyOf(loras);
        embeddings = List.copyOf(embeddings);
        if (threads < 0) {
            throw new IllegalArgumentException(
                    "riffloom.threads is " + threads + "; it must be 0 (half the processors) or a number of threads.");
        }
        if (batch < 0) {
            throw new IllegalArgumentException(
                    "riffloom.batch is " + batch + "; it must be 0 (what suits the device) or a number of pictures.");
        }
        if (!scheduler.isEmpty()) {
            // Says which there are, at start and not at the first clip.
            SchedulerName.of(scheduler);
        }
    }

    /** Without add-ons, with the usual hub. */
    public ModelProperties(String data, String model, String device, int threads, String scheduler) {
        this(
                data,
                model,
                device,
                threads,
                0,
                scheduler,
                List.of(),
                List.of(),
                "",
                InversionQuality.STANDARD,
                false,
                HubProperties.USUAL);
    }

    /** The folder for what the program keeps on disk. */
    public Path dataFolder() {
        return data.isBlank() ? DataFolder.ofThisPlatform() : Path.of(data);
    }

    /** How pictures are made into sound. */
    SoundSettings sound() {
        return new SoundSettings(soundQuality, compressor);
    }

    /** What is loaded beside the model. */
    AddOns addOns() {
        return new AddOns(
                loras.stream().map(LoraProperties::toFile).toList(),
                embeddings.stream().map(EmbeddingProperties::toFile).toList());
    }

    /** The scheduler in place of the model's own, or {@code null} for that. */
    @Nullable
    SchedulerName schedulerName() {
        return scheduler.isEmpty() ? null : SchedulerName.of(scheduler);
    }
}
