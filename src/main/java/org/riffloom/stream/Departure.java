package org.riffloom.stream;

import org.jspecify.annotations.Nullable;
import org.riffloom.clip.LoadedModel;
import org.riffloom.clip.Moment;
import org.riffloom.clip.StreamState;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.LoraWeights;
import org.riffloom.prompt.PromptMix;
import org.riffloom.prompt.RiffSettings;

/**
 * Where a riff goes on from a moment with the model that is loaded now, which need not be the one that made it.
 *
 * @param recipe of the clip before
 * @param goal the mix that the riff was on its way to, or {@code null}
 * @param settings of the clip to come
 * @param before what its sound goes on from
 */
record Departure(Interpolation recipe, @Nullable PromptMix goal, RiffSettings settings, StreamState before) {

    /**
     * With the model that made the moment, or where nobody knows which one did, everything is as it was. Another one cannot
     * carry the sound on, and brings the scheduler, steps and guidance that suit it. A seed image, mask or LoRA that is not
     * there any more gives way to the model's default.
     */
    static Departure of(Moment moment, LoadedModel model) {
        Interpolation recipe = moment.recipe();
        RiffSettings defaults = model.info().defaults();
        boolean same = moment.fingerprint().isEmpty() || moment.fingerprint().equals(model.fingerprint());
        boolean seedImageThere =
                recipe.seedImage() == null || model.seedImages().has(recipe.seedImage());
        RiffSettings settings = new RiffSettings(
                recipe.start().seed(),
                seedImageThere ? recipe.seedImage() : defaults.seedImage(),
                recipe.start().denoising(),
                same ? recipe.start().guidance() : defaults.guidance(),
                same ? recipe.steps() : defaults.steps(),
                recipe.start().negativePrompt(),
                seedImageThere ? mask(recipe.maskImage(), model) : defaults.maskImage(),
                same ? recipe.scheduler() : defaults.scheduler(),
                loras(recipe.loras(), model),
                moment.direction().alphaVelocity(),
                moment.direction().seedMotion());
        return new Departure(recipe, moment.direction().goal(), settings, same ? moment.after() : StreamState.SILENCE);
    }

    private static @Nullable String mask(@Nullable String id, LoadedModel model) {
        return id == null || model.maskImages().has(id)
                ? id
                : model.info().defaults().maskImage();
    }

    private static @Nullable LoraWeights loras(@Nullable LoraWeights wanted, LoadedModel model) {
        boolean there = wanted == null
                || model.info()
                        .loras()
                        .byId()
                        .keySet()
                        .containsAll(wanted.byId().keySet());
        return there ? wanted : model.info().defaults().loras();
    }
}
