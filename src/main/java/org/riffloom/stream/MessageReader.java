package org.riffloom.stream;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.riffloom.clip.ClipId;
import org.riffloom.json.Fields;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.prompt.LoraWeights;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.PromptMix;
import org.riffloom.prompt.SchedulerName;
import org.riffloom.prompt.SeedMotion;

/** Reads what a client says. */
final class MessageReader {

    /** The one format that clips of a stream have. */
    static final String AUDIO = "wav";

    private static final String RIGHT_MIX =
            "a list of 1 to " + PromptMix.MAX_PROMPTS + " prompts with weights, at least one of which is above 0";

    /** @throws InvalidRequestException that says what is wrong and what would be right */
    ClientMessage read(String text) {
        Fields fields = Fields.parse(text, "The message");
        String type = fields.requiredString("type", "\"start\"");
        return switch (type) {
            case "start" -> start(fields);
            case "prompt" ->
                new ClientMessage.NextPrompt(
                        requiredPrompt(fields), Boolean.TRUE.equals(fields.flag("replace")), after(fields));
            case "mix" -> new ClientMessage.Mix(mix(fields, "prompts"), after(fields));
            case "settings" -> new ClientMessage.Change(optionalPrompt(fields), settings(fields), after(fields));
            case "played" -> new ClientMessage.Played(requiredIndex(fields), fields.wholeInt("riff"));
            case "pause" -> new ClientMessage.Pause();
            case "resume" -> new ClientMessage.Resume();
            default ->
                throw new InvalidRequestException(
                        "type",
                        "There is no such type of message; it must be start, prompt, mix, settings, played,"
                                + " pause or resume.");
        };
    }

    private static ClientMessage start(Fields fields) {
        String link = fields.string("link");
        boolean sketches = Boolean.TRUE.equals(fields.flag("sketches"));
        return link == null
                ? new ClientMessage.Start(promptOrMix(fields), settings(fields), sketches)
                : new ClientMessage.StartFrom(link, optionalPrompt(fields), settings(fields), sketches);
    }

    private static @Nullable ClipId after(Fields fields) {
        String id = fields.string("after");
        if (id != null && !ClipId.isOne(id)) {
            throw fields.wrong("after", "the id of a clip that was sent");
        }
        return id == null ? null : new ClipId(id);
    }

    private static Prompt requiredPrompt(Fields fields) {
        return new Prompt(fields.requiredString("prompt", "\"jazz piano\""));
    }

    private static @Nullable PromptMix optionalPrompt(Fields fields) {
        return fields.has("prompt") || fields.has("mix") ? promptOrMix(fields) : null;
    }

    private static PromptMix promptOrMix(Fields fields) {
        if (!fields.has("mix")) {
            return PromptMix.of(requiredPrompt(fields));
        }
        if (fields.has("prompt")) {
            throw new InvalidRequestException("mix", "There are both a prompt and a mix; give one of them.");
        }
        return mix(fields, "mix");
    }

    private static PromptMix mix(Fields fields, String name) {
        List<Fields> parts = fields.requiredObjects(name, RIGHT_MIX);
        // Refused before any of it is looked at.
        if (parts.size() > PromptMix.MAX_PROMPTS) {
            throw fields.wrong(name, RIGHT_MIX);
        }
        List<PromptMix.Part> asked = parts.stream().map(MessageReader::part).toList();
        try {
            return PromptMix.of(asked);
        } catch (InvalidRequestException e) {
            throw fields.wrong(name, RIGHT_MIX);
        }
    }

    private static PromptMix.Part part(Fields fields) {
        String prompt = fields.requiredString("prompt", "\"jazz piano\"");
        Double weight = fields.number("weight");
        if (weight == null) {
            throw fields.missing("weight", "how much it counts, such as 0.5");
        }
        try {
            return new PromptMix.Part(new Prompt(prompt), weight);
        } catch (InvalidRequestException e) {
            throw new InvalidRequestException(fields.path() + e.field(), String.valueOf(e.getMessage()));
        }
    }

    private static int requiredIndex(Fields fields) {
        Integer index = fields.wholeInt("index");
        if (index == null) {
            throw fields.missing("index", "the index of a clip, such as 0");
        }
        return index;
    }

    private static SettingsChange settings(Fields fields) {
        checkAudio(fields.string("audio"));
        return new SettingsChange(
                fields.wholeLong("seed"),
                image(fields, "seedImage"),
                fields.number("denoising"),
                fields.number("guidance"),
                fields.wholeInt("steps"),
                fields.string("negativePrompt"),
                image(fields, "maskImage"),
                scheduler(fields),
                loras(fields),
                fields.number("alphaVelocity"),
                seedMotion(fields));
    }

    private static SettingsChange.@Nullable ImageChoice image(Fields fields, String name) {
        if (!fields.has(name)) {
            return null;
        }
        return new SettingsChange.ImageChoice(fields.isNull(name) ? null : fields.string(name));
    }

    private static SettingsChange.@Nullable SchedulerChoice scheduler(Fields fields) {
        if (!fields.has("scheduler")) {
            return null;
        }
        String name = fields.isNull("scheduler") ? null : fields.string("scheduler");
        return new SettingsChange.SchedulerChoice(name == null ? null : SchedulerName.of(name));
    }

    private static @Nullable SeedMotion seedMotion(Fields fields) {
        String name = fields.string("seedMotion");
        return name == null ? null : SeedMotion.of(name);
    }

    private static SettingsChange.@Nullable LoraChoice loras(Fields fields) {
        if (!fields.has("loras")) {
            return null;
        }
        Map<String, Double> weights = fields.isNull("loras") ? null : fields.numbersByName("loras");
        return new SettingsChange.LoraChoice(weights == null ? null : new LoraWeights(weights));
    }

    private static void checkAudio(@Nullable String audio) {
        if (audio != null && !audio.equals(AUDIO)) {
            throw new InvalidRequestException(
                    "audio", "audio is not a format of this server; it must be " + AUDIO + ".");
        }
    }
}
