package org.riffloom.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.riffloom.clip.Clip;
import org.riffloom.clip.ClipStream;
import org.riffloom.clip.DiffusionClips;
import org.riffloom.clip.ModelProperties;
import org.riffloom.clip.SeedImage;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.RiffPoint;
import org.riffloom.prompt.RiffSettings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the clips that {@code models/eval} judges, through the program's own network and sound, and lists them in {@code
 * samples.json}. What to make is a plan that {@code python -m riffloom_eval prompts} writes; that package's {@code
 * prompts.py} says what a plan means.
 */
@Command(name = "PromptSamples", mixinStandardHelpOptions = true, sortOptions = false)
public final class PromptSamples implements Callable<Integer> {

    /** A manifest is written now and then as well, so that what is there can be judged while the rest is made. */
    private static final int CLIPS_BETWEEN_MANIFESTS = 50;

    private final JsonMapper json = new JsonMapper();

    @Parameters(index = "0", description = "the plan: prompts.json")
    private Path planFile = Path.of("prompts.json");

    @Parameters(index = "1", description = "folder to write to; one below it for each group")
    private Path folder = Path.of("samples");

    @Option(
            names = "--model",
            description = "riffloom-mini, or a folder in diffusers layout",
            defaultValue = "riffloom-mini")
    private String model = "";

    @Option(names = "--groups", split = ",", description = "only these groups of the plan")
    private List<String> groups = new ArrayList<>();

    @Option(names = "--seeds", description = "at most so many seeds of each prompt")
    private int mostSeeds = Integer.MAX_VALUE;

    @Option(
            names = "--noise",
            description = "from noise instead of the default seed image; groups that need them all are left out")
    private boolean fromNoise;

    @Option(names = "--seed-image", description = "instead of the model's default one")
    private @Nullable String seedImage;

    @Option(names = "--denoising", description = "where the plan asks for none; otherwise the model's default")
    private @Nullable Double denoising;

    @Option(names = "--guidance", description = "instead of the model's default")
    private @Nullable Double guidance;

    @Option(names = "--steps", description = "instead of the model's default")
    private @Nullable Integer steps;

    @Option(names = "--threads", description = "of the network; 0 for half the processors", defaultValue = "0")
    private int threads;

    @Option(names = "--resume", description = "go on with an interrupted run of the same model and settings")
    private boolean resume;

    private PromptSamples() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new PromptSamples()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        JsonNode plan = json.readTree(Files.readString(planFile));
        try (DiffusionClips source = DiffusionClips.load(new ModelProperties("", model, "auto", threads, ""))) {
            List<Sample> samples = expand(plan, source);
            ArrayNode listed = json.createArrayNode();
            ClipStream stream = source.open();
            long start = System.nanoTime();
            int made = 0;
            for (int k = 0; k < samples.size(); k++) {
                Sample sample = samples.get(k);
                Path sidecar = folder.resolve(sample.name() + ".json");
                if (resume && Files.exists(sidecar)) {
                    listed.add(json.readTree(Files.readString(sidecar)));
                    continue;
                }
                stream.reset();
                Clip clip = stream.next(sample.recipe(), (step, of) -> {});
                Files.createDirectories(sidecar.toAbsolutePath().getParent());
                write(folder.resolve(sample.name() + ".wav"), clip.audio().bytes());
                write(folder.resolve(sample.name() + ".png"), clip.image().bytes());
                ObjectNode entry = describe(sample, clip);
                Files.writeString(sidecar, json.writeValueAsString(entry));
                listed.add(entry);
                made++;
                double seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf(
                        Locale.ROOT,
                        "%d/%d %s in %.2f s, %.1f min left%n",
                        k + 1,
                        samples.size(),
                        sample.name(),
                        clip.making().toMillis() / 1e3,
                        seconds / made * (samples.size() - k - 1) / 60);
                if (made % CLIPS_BETWEEN_MANIFESTS == 0) {
                    writeManifest(listed);
                }
            }
            writeManifest(listed);
        }
        return 0;
    }

    /**
     * One clip to make.
     *
     * @param name of its files below the folder, without an ending
     * @param prompt its row of the plan, which the manifest repeats
     * @param beats that its seed image gives it, or {@code null}
     */
    private record Sample(
            String name,
            String group,
            JsonNode prompt,
            Interpolation recipe,
            @Nullable Integer beats) {}

    private List<Sample> expand(JsonNode plan, DiffusionClips source) {
        RiffSettings settings = settings(source.info().defaults());
        List<SeedImage> images = source.model().seedImages().all();
        List<Sample> samples = new ArrayList<>();
        for (JsonNode group : plan.path("groups")) {
            String name = group.path("name").asString();
            boolean each = group.path("seedImages").asString("").equals("each");
            if ((!groups.isEmpty() && !groups.contains(name)) || (each && fromNoise)) {
                continue;
            }
            List<String> startImages =
                    each ? images.stream().map(SeedImage::id).toList() : Arrays.asList(settings.seedImage());
            double strength = group.path("denoising").asDouble(settings.denoising());
            int seeds = Math.min(mostSeeds, group.path("seeds").asInt());
            for (JsonNode prompt : group.path("prompts")) {
                for (String image : startImages) {
                    Integer beats = beats(images, image, prompt);
                    for (int seed = 0; seed < seeds; seed++) {
                        for (double alpha : alphas(group)) {
                            Interpolation recipe = recipe(prompt, seed, alpha, image, strength, settings);
                            samples.add(new Sample(fileName(name, recipe), name, prompt, recipe, beats));
                        }
                    }
                }
            }
        }
        return samples;
    }

    private RiffSettings settings(RiffSettings defaults) {
        return new RiffSettings(
                defaults.seed(),
                fromNoise ? null : seedImage != null ? seedImage : defaults.seedImage(),
                denoising != null ? denoising : defaults.denoising(),
                guidance != null ? guidance : defaults.guidance(),
                steps != null ? steps : defaults.steps(),
                defaults.negativePrompt());
    }

    private static List<Double> alphas(JsonNode group) {
        List<Double> alphas = new ArrayList<>();
        group.path("alphas").forEach(alpha -> alphas.add(alpha.asDouble()));
        return alphas.isEmpty() ? List.of(0.0) : alphas;
    }

    private static @Nullable Integer beats(List<SeedImage> images, @Nullable String image, JsonNode prompt) {
        return images.stream()
                .filter(candidate -> candidate.id().equals(image))
                .filter(candidate -> prompt.path("pulse").asBoolean(true))
                .map(SeedImage::beats)
                .filter(beats -> beats > 0)
                .findFirst()
                .orElse(null);
    }

    private static Interpolation recipe(
            JsonNode prompt, int seed, double alpha, @Nullable String image, double denoising, RiffSettings settings) {
        String start = prompt.path("prompt").asString();
        String end = prompt.path("end").asString(start);
        return new Interpolation(
                point(start, seed, denoising, settings),
                point(end, seed, denoising, settings),
                alpha,
                image,
                settings.steps());
    }

    private static RiffPoint point(String prompt, int seed, double denoising, RiffSettings settings) {
        return new RiffPoint(new Prompt(prompt), settings.negativePrompt(), seed, denoising, settings.guidance());
    }

    private static String fileName(String group, Interpolation recipe) {
        String prompt = recipe.start().prompt().text().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String image = recipe.seedImage() == null ? "noise" : recipe.seedImage();
        return String.format(
                Locale.ROOT,
                "%s/%s__%s__%.2f__%d",
                group,
                prompt,
                image,
                recipe.alpha(),
                recipe.start().seed());
    }

    private ObjectNode describe(Sample sample, Clip clip) {
        Interpolation recipe = sample.recipe();
        ObjectNode entry = json.createObjectNode()
                .put("file", sample.name() + ".wav")
                .put("group", sample.group())
                .put("seed", recipe.start().seed())
                .put("alpha", recipe.alpha())
                .put("seedImage", recipe.seedImage())
                .put("denoising", recipe.denoising())
                .put("guidance", recipe.guidance())
                .put("steps", recipe.steps())
                .put("imageOffsetSeconds", clip.imageOffsetSeconds())
                .put("makingSeconds", clip.making().toMillis() / 1e3);
        sample.prompt().properties().forEach(field -> entry.set(field.getKey(), field.getValue()));
        Integer beats = sample.beats();
        return entry.put("beats", beats == null ? null : beats.toString());
    }

    private void writeManifest(ArrayNode samples) throws IOException {
        ObjectNode manifest = json.createObjectNode().put("model", model);
        manifest.set("samples", samples);
        Files.writeString(
                folder.resolve("samples.json"),
                json.writerWithDefaultPrettyPrinter().writeValueAsString(manifest));
    }

    private static void write(Path file, ByteBuffer buffer) throws IOException {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        Files.write(file, bytes);
    }
}
