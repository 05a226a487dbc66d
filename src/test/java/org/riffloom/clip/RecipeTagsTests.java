package org.riffloom.clip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.riffloom.audio.SoundTags;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.LoraWeights;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.PromptMix;
import org.riffloom.prompt.RiffPoint;
import org.riffloom.prompt.RiffSettings;
import org.riffloom.prompt.SchedulerName;

class RecipeTagsTests {

    private static RiffPoint point(String prompt, String negative, long seed) {
        return new RiffPoint(new Prompt(prompt), negative, seed, 0.75, 7);
    }

    @Test
    void tellHowOneClipWasMade() {
        Interpolation recipe = new Interpolation(point("jazz", "", 42), point("jazz", "", 43), 0, "og_beat", 30);
        SoundTags tags = RecipeTags.of(List.of(recipe), "riffloom-mini");
        assertThat(tags.title()).isEqualTo("jazz");
        assertThat(tags.comment().lines())
                .containsExactly(
                        "prompt: jazz",
                        "clips: 1",
                        "alpha: 0.0",
                        "seed: 42 to 43",
                        "denoising: 0.75",
                        "guidance: 7.0",
                        "steps: 30",
                        "seed image: og_beat",
                        "model: riffloom-mini");
    }

    @Test
    void tellTheWayFromOnePromptToAnother() {
        SchedulerName scheduler = SchedulerName.values()[0];
        LoraWeights loras = new LoraWeights(Map.of("bells", 0.5));
        List<Interpolation> recipes = List.of(0.0, 0.5, 1.0).stream()
                .map(alpha -> new Interpolation(
                        point("jazz", "drums", 7), point("bells", "drums", 7), alpha, null, 20, null, scheduler, loras))
                .toList();
        SoundTags tags = RecipeTags.of(recipes, "other");
        assertThat(tags.title()).isEqualTo("jazz → bells");
        assertThat(tags.comment().lines())
                .containsExactly(
                        "prompt: jazz",
                        "to: bells",
                        "negative prompt: drums",
                        "clips: 3",
                        "alpha: 0.0, 0.5, 1.0",
                        "seed: 7",
                        "denoising: 0.75",
                        "guidance: 7.0",
                        "steps: 20",
                        "seed image: none",
                        "scheduler: " + scheduler,
                        "loras: {bells=0.5}",
                        "model: other");
    }

    @Test
    void tellWhichPromptsWereHeardAtOnce() {
        PromptMix mix = PromptMix.of(List.of(
                new PromptMix.Part(new Prompt("jazz piano"), 0.6), new PromptMix.Part(new Prompt("bells"), 0.4)));
        RiffPoint point = new RiffPoint(mix, "", 42, 0.75, 7);
        Interpolation mixed = new Interpolation(point, point, 0.5, null, 30);
        SoundTags tags = RecipeTags.of(List.of(mixed), "riffloom-mini");
        assertThat(tags.title()).isEqualTo("60 % jazz piano + 40 % bells");
        assertThat(tags.comment().lines()).startsWith("prompt: 60 % jazz piano + 40 % bells", "clips: 1");
        Interpolation away = new Interpolation(point, point("harp", "", 42), 0.5, null, 30);
        assertThat(RecipeTags.of(List.of(mixed, away), "riffloom-mini").title())
                .isEqualTo("60 % jazz piano + 40 % bells → harp");
    }

    @Test
    void tellWhatASoundWasMadeOf() {
        KeptSound kept = new KeptSound(
                150, 5_000, List.of(new KeptSound.Span(0, 2.5), new KeptSound.Span(60, Double.POSITIVE_INFINITY)));
        RiffSettings settings = new RiffSettings(42, null, 0.5, 7, 30, "drums");
        SoundTags tags = RecipeTags.of(
                Path.of("music", "song.mp3"), new Repainting(new Prompt("bells"), settings, kept), "riffloom-mini");
        assertThat(tags.title()).isEqualTo("bells");
        assertThat(tags.comment().lines())
                .containsExactly(
                        "prompt: bells",
                        "negative prompt: drums",
                        "seed: 42",
                        "denoising: 0.5",
                        "kept below: 150.0 Hz",
                        "kept above: 5000.0 Hz",
                        "kept: from 0.0 s to 2.5 s",
                        "kept: from 60.0 s to the end",
                        "guidance: 7.0",
                        "steps: 30",
                        "audio: song.mp3",
                        "model: riffloom-mini");
    }
}
