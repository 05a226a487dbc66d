package org.riffloom.clip;

import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.riffloom.audio.SoundTags;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.LoraWeights;
import org.riffloom.prompt.RiffPoint;
import org.riffloom.prompt.SchedulerName;

/** What the file of a riff says about itself: the prompt as its title, and a line for each thing that made it. */
public final class RecipeTags {

    private RecipeTags() {}

    /**
     * The tags of clips that were made one after the other, with the same settings.
     *
     * @param recipes at least one
     * @param model its name
     */
    public static SoundTags of(List<Interpolation> recipes, String model) {
        Interpolation first = recipes.get(0);
        Interpolation last = recipes.get(recipes.size() - 1);
        String from = first.start().prompt().text();
        String to = last.end().prompt().text();
        StringJoiner lines = new StringJoiner("\n");
        lines.add("prompt: " + from);
        if (!to.equals(from)) {
            lines.add("to: " + to);
        }
        if (!first.start().negativePrompt().isEmpty()) {
            lines.add("negative prompt: " + first.start().negativePrompt());
        }
        lines.add("clips: " + recipes.size());
        lines.add("alpha: " + each(recipes, Interpolation::alpha));
        lines.add("seed: " + each(recipes, recipe -> seeds(recipe.start(), recipe.end())));
        lines.add("denoising: " + first.start().denoising());
        addRest(lines, first, "seed image: " + orNone(first.seedImage()), model);
        return new SoundTags(to.equals(from) ? from : from + " → " + to, lines.toString());
    }

    /**
     * The tags of a sound that was painted anew.
     *
     * @param audio that it was made of
     * @param model its name
     */
    public static SoundTags of(Path audio, Repainting repainting, String model) {
        Interpolation first = repainting.recipe(0);
        KeptSound kept = repainting.kept();
        StringJoiner lines = new StringJoiner("\n");
        lines.add("prompt: " + first.start().prompt().text());
        if (!first.start().negativePrompt().isEmpty()) {
            lines.add("negative prompt: " + first.start().negativePrompt());
        }
        lines.add("seed: " + first.start().seed());
        lines.add("denoising: " + first.start().denoising());
        if (kept.below() > 0) {
            lines.add("kept below: " + kept.below() + " Hz");
        }
        if (kept.above() < Double.POSITIVE_INFINITY) {
            lines.add("kept above: " + kept.above() + " Hz");
        }
        for (KeptSound.Span span : kept.times()) {
            lines.add("kept: from " + span.from() + " s to "
                    + (span.to() < Double.POSITIVE_INFINITY ? span.to() + " s" : "the end"));
        }
        addRest(lines, first, "audio: " + audio.getFileName(), model);
        return new SoundTags(first.start().prompt().text(), lines.toString());
    }

    private static void addRest(StringJoiner lines, Interpolation recipe, String beginning, String model) {
        lines.add("guidance: " + recipe.start().guidance());
        lines.add("steps: " + recipe.steps());
        lines.add(beginning);
        if (recipe.maskImage() != null) {
            lines.add("mask image: " + recipe.maskImage());
        }
        SchedulerName scheduler = recipe.scheduler();
        if (scheduler != null) {
            lines.add("scheduler: " + scheduler);
        }
        LoraWeights loras = recipe.loras();
        if (loras != null) {
            lines.add("loras: " + loras.byId());
        }
        lines.add("model: " + model);
    }

    private static String seeds(RiffPoint start, RiffPoint end) {
        return start.seed() == end.seed() ? Long.toString(start.seed()) : start.seed() + " to " + end.seed();
    }

    /** One value where all clips have the same, else one for each. */
    private static String each(List<Interpolation> recipes, Function<Interpolation, Object> value) {
        List<String> values = recipes.stream().map(value).map(Object::toString).toList();
        return values.stream().distinct().count() == 1 ? values.get(0) : String.join(", ", values);
    }

    private static String orNone(@Nullable String id) {
        return id == null ? "none" : id;
    }
}
