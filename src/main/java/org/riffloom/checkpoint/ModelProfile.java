package org.riffloom.checkpoint;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.riffloom.checkpoint.hub.CachedModels;
import tools.jackson.databind.JsonNode;

/**
 * How a model wants to be used where a listener does not say: {@code riffloom.json} and {@code seed_images} in its
 * folder, or else Riffusion's own settings.
 *
 * @param name for people
 * @param steps of the scheduler
 * @param guidance scale of classifier-free guidance
 * @param denoising strength of img2img, above 0 and at most 1
 * @param seedImage id of one of {@code seedImages} where there are any, or {@code null} to start from noise
 * @param examplePrompts that suit what the model has learned; may be empty
 * @param seedImages that come with the model; may be empty
 * @param maskImages that come with it, {@code mask_images} in its folder: white where a seed image is painted anew
 * @param spectralVariation of what the model has learned from; may be none
 */
public record ModelProfile(
        String name,
        int steps,
        double guidance,
        double denoising,
        @Nullable String seedImage,
        List<String> examplePrompts,
        List<SeedImageFile> seedImages,
        List<SeedImageFile> maskImages,
        SpectralVariation spectralVariation) {

    private static final int STEPS = 50;
    private static final double GUIDANCE = 7.0;
    private static final double DENOISING = 0.75;
    private static final long MAX_BYTES = 1_000_000;

    /** Nothing that would have to be written differently in an address. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public ModelProfile {
        examplePrompts = List.copyOf(examplePrompts);
        seedImages = List.copyOf(seedImages);
        maskImages = List.copyOf(maskImages);
    }

    static ModelProfile read(Path folder) {
        List<SeedImageFile> images = readImages(folder.resolve("seed_images"), "seed_images.json");
        List<SeedImageFile> masks = readImages(folder.resolve("mask_images"), "mask_images.json");
        String firstImage = images.isEmpty() ? null : images.get(0).id();
        Path whole = folder.toAbsolutePath().normalize();
        // A snapshot in the cache of a hub is named after its commit, which is no name for people.
        String folderName =
                CachedModels.nameOf(whole).orElse(whole.getFileName().toString());
        Path path = folder.resolve("riffloom.json");
        if (!Files.exists(path)) {
            return new ModelProfile(
                    folderName,
                    STEPS,
                    GUIDANCE,
                    DENOISING,
                    firstImage,
                    List.of(),
                    images,
                    masks,
                    SpectralVariation.NONE);
        }
        ConfigFile file = ConfigFile.read(path);
        JsonNode defaultsNode = file.find("defaults");
        ConfigFile defaults = ConfigFile.of(path, defaultsNode == null ? Json.MAPPER.createObjectNode() : defaultsNode);
        double guidance = defaults.number("guidance", GUIDANCE);
        double denoising = defaults.number("denoising", DENOISING);
        if (!(guidance >= 1) || !(denoising > 0 && denoising <= 1)) {
            throw new CheckpointException.Malformed(
                    path,
                    "defaults have guidance " + guidance + " and denoising " + denoising
                            + "; guidance must be at least 1, denoising above 0 and at most 1.");
        }
        return new ModelProfile(
                file.text("name", folderName),
                defaults.size("steps", STEPS),
                guidance,
                denoising,
                seedImage(defaults, images),
                file.find("examplePrompts") == null ? List.of() : file.texts("examplePrompts"),
                images,
                masks,
                SpectralVariation.read(file));
    }

    private static @Nullable String seedImage(ConfigFile defaults, List<SeedImageFile> images) {
        if (defaults.find("seedImage") == null) {
            return null;
        }
        String id = defaults.text("seedImage");
        // A folder without pictures of its own may name one that the program carries.
        if (!images.isEmpty() && images.stream().noneMatch(image -> image.id().equals(id))) {
            throw new CheckpointException.Malformed(
                    defaults.path(),
                    "seedImage is " + id + "; seed_images/seed_images.json has "
                            + images.stream().map(SeedImageFile::id).toList() + ".");
        }
        return id;
    }

    private static List<SeedImageFile> readImages(Path folder, String indexName) {
        Path index = folder.resolve(indexName);
        if (!Files.exists(index)) {
            return List.of();
        }
        JsonNode root = Json.read(index, MAX_BYTES);
        if (!root.isArray()) {
            throw new CheckpointException.Malformed(index, "is not a list.");
        }
        List<SeedImageFile> images = new ArrayList<>();
        for (JsonNode node : root) {
            ConfigFile item = ConfigFile.of(index, node);
            Path file = folder.resolve(item.text("file")).normalize();
            if (!file.startsWith(folder.normalize()) || !Files.isRegularFile(file)) {
                throw new CheckpointException.Missing(file, "is named by " + index + " and is not beside it.");
            }
            String id = item.text("id");
            if (!ID.matcher(id).matches()
                    || images.stream().anyMatch(image -> image.id().equals(id))) {
                throw new CheckpointException.Malformed(
                        index,
                        "has the id \"" + id + "\"; every id is another one, of letters, digits, - and _, at most 64.");
            }
            images.add(new SeedImageFile(id, item.text("title", id), item.count("beats"), file));
        }
        return images;
    }
}
