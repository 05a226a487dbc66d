package org.riffloom.stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.riffloom.clip.EncodedMedia;
import org.riffloom.clip.LoadedModel;
import org.riffloom.clip.LoadingProgress;
import org.riffloom.clip.ModelInfo;
import org.riffloom.clip.SeedImage;
import org.riffloom.preview.SeedImageAddresses;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.prompt.RiffSettings;
import org.riffloom.prompt.SchedulerName;

/** What the server says, as it is written: the components are the fields of the JSON. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
sealed interface ServerMessage
        permits ServerMessage.Loading,
                ServerMessage.Hello,
                ServerMessage.Queued,
                ServerMessage.Progress,
                ServerMessage.Sketched,
                ClipMessage,
                ServerMessage.Problem {

    /** Before hello: the model is still on its way to the server. */
    @JsonTypeName("loading")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Loading(
            String model,
            long bytes,
            long totalBytes,
            long bytesPerSecond,
            @Nullable Long secondsLeft) implements ServerMessage {

        static Loading of(LoadingProgress progress) {
            return new Loading(
                    progress.model(),
                    progress.bytes(),
                    progress.totalBytes(),
                    progress.bytesPerSecond(),
                    progress.secondsLeft());
        }
    }

    /** What there is to ask for: the first message once the model is there. */
    @JsonTypeName("hello")
    record Hello(
            int protocol,
            String model,
            int sampleRate,
            double clipSeconds,
            int aheadClips,
            List<String> audio,
            RiffSettings defaults,
            List<SeedChoice> seedImages,
            List<String> maskImages,
            List<String> schedulers,
            Map<String, Double> loras,
            List<String> examplePrompts)
            implements ServerMessage {

        private static final int PROTOCOL = 1;

        static Hello of(LoadedModel model, int aheadClips) {
            ModelInfo info = model.info();
            return new Hello(
                    PROTOCOL,
                    info.name(),
                    info.sampleRate(),
                    info.clipSeconds(),
                    aheadClips,
                    List.of(MessageReader.AUDIO),
                    info.defaults(),
                    model.seedImages().all().stream().map(SeedChoice::of).toList(),
                    info.maskImages(),
                    Arrays.stream(SchedulerName.values())
                            .map(SchedulerName::toString)
                            .toList(),
                    info.loras().byId(),
                    info.examplePrompts());
        }
    }

    /** A seed image, and where to see and hear it, relative to the address of the page. */
    record SeedChoice(String id, String title, int beats, String image, String sound) {

        static SeedChoice of(SeedImage seed) {
            return new SeedChoice(
                    seed.id(),
                    seed.title(),
                    seed.beats(),
                    SeedImageAddresses.picture(seed),
                    SeedImageAddresses.sound(seed));
        }
    }

    /** The next clip waits behind others' clips. */
    @JsonTypeName("queued")
    record Queued(int riff, int position) implements ServerMessage {}

    /** The next clip is being made. */
    @JsonTypeName("progress")
    record Progress(int riff, int index, int step, int steps) implements ServerMessage {}

    /** What there is of the next clip's picture. */
    @JsonTypeName("sketch")
    record Sketched(int riff, int index, int step, int steps, Picture image) implements ServerMessage {

        /** @param data the file, in Base64 */
        record Picture(String mediaType, String data) {}

        static Sketched of(Riff riff, int step, int steps, EncodedMedia sketch) {
            Picture picture =
                    new Picture(sketch.mediaType(), Base64.getEncoder().encodeToString(sketch.toArray()));
            return new Sketched(riff.number(), riff.pacing().nextIndex(), step, steps, picture);
        }
    }

    /** Something went wrong; the message says what, and what would be right. */
    @JsonTypeName("error")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Problem(String code, String message, @Nullable String field) implements ServerMessage {

        static Problem badRequest(InvalidRequestException e) {
            return new Problem(
                    "bad-request", String.valueOf(e.getMessage()), e.field().isEmpty() ? null : e.field());
        }

        static Problem notReady() {
            return new Problem("not-ready", "The model is still loading; wait for hello.", null);
        }

        static Problem modelUnavailable(String why) {
            return new Problem("model-unavailable", why, null);
        }

        static Problem generationFailed() {
            return new Problem("generation-failed", "The next clip could not be made; send resume to try again.", null);
        }

        static Problem queueFull() {
            return new Problem(
                    "queue-full", "Too many clips are waiting to be made; send resume in a moment to try again.", null);
        }

        static Problem sessionsFull(int sessions) {
            return new Problem(
                    "queue-full",
                    "All " + sessions + " places for listeners are taken; connect again in a few minutes.",
                    null);
        }

        static Problem overQuota() {
            return new Problem("over-quota", "Messages come too fast; connect again and send fewer.", null);
        }
    }
}
