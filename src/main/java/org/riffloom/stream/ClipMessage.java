package org.riffloom.stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.riffloom.clip.Clip;
import org.riffloom.clip.ClipId;
import org.riffloom.clip.EncodedMedia;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.PromptMix;
import org.riffloom.prompt.RiffDirection;

/** A clip; two binary frames follow, its audio and its image. */
@JsonTypeName("clip")
record ClipMessage(
        int riff,
        int index,
        String id,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String after,
        double seconds,
        double imageOffsetSeconds,
        double generationSeconds,
        String startPrompt,
        String endPrompt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<MixPart> startMix,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<MixPart> endMix,
        double alpha,
        long startSeed,
        long endSeed,
        @Nullable String seedImage,
        double denoising,
        double guidance,
        int steps,
        String negativePrompt,
        @Nullable String maskImage,
        @Nullable String scheduler,
        @Nullable Map<String, Double> loras,
        double alphaVelocity,
        String seedMotion,
        Media audio,
        Media image)
        implements ServerMessage {

    /** A binary frame to come. */
    record Media(String mediaType, int bytes) {

        static Media of(EncodedMedia media) {
            return new Media(media.mediaType(), media.size());
        }
    }

    /** A prompt of several at once. */
    record MixPart(String prompt, double weight) {}

    private static @Nullable List<MixPart> parts(PromptMix mix) {
        return mix.isMixed()
                ? mix.parts().stream()
                        .map(part -> new MixPart(part.prompt().text(), part.weight()))
                        .toList()
                : null;
    }

    static ClipMessage of(int riff, int index, @Nullable ClipId follows, Clip clip, RiffDirection direction) {
        Interpolation recipe = clip.recipe();
        return new ClipMessage(
                riff,
                index,
                clip.id().value(),
                follows == null ? null : follows.value(),
                clip.seconds(),
                clip.imageOffsetSeconds(),
                clip.making().toMillis() / 1e3,
                recipe.start().prompt().text(),
                recipe.end().prompt().text(),
                parts(recipe.start().prompt()),
                parts(recipe.end().prompt()),
                recipe.alpha(),
                recipe.start().seed(),
                recipe.end().seed(),
                recipe.seedImage(),
                recipe.denoising(),
                recipe.guidance(),
                recipe.steps(),
                recipe.start().negativePrompt(),
                recipe.maskImage(),
                recipe.scheduler() == null ? null : recipe.scheduler().toString(),
                recipe.loras() == null ? null : recipe.loras().byId(),
                direction.alphaVelocity(),
                direction.seedMotion().toString(),
                Media.of(clip.audio()),
                Media.of(clip.image()));
    }
}
