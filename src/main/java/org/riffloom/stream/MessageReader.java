package org.riffloom.stream;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.riffloom.json.Fields;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.prompt.LoraWeights;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.SchedulerName;

/** Reads what a client says. */
final class MessageReader {

    /** The one format that clips of a stream have. */
    static final String AUDIO = "wav";

    /** @throws InvalidRequestException that says what is wrong and what would be right */
    ClientMessage read(String text) {
        Fields fields = Fields.parse(text, "The message");
        String type = fields.requiredString("type", "\"start\"");
        return switch (type) {
            case "start" -> start(fields);
            case "prompt" ->
                new ClientMessage.NextPrompt(requiredPrompt(fields), Boolean.TRUE.equals(fields.flag("replace")));
            case "settings" -> new ClientMessage.Change(optionalPrompt(fields), settings(fields));
            case "played" -> new ClientMessage.Played(requiredIndex(fields), fields.wholeInt("riff"));
            case "pause" -> new ClientMessage.Pause();
            case "resume" -> new ClientMessage.Resume();
            default ->
                throw new InvalidRequestException(
                        "type",
                        "There is no such type of message; it must be start, prompt, settings, played, pause or"
                                + " resume.");
        };
    }

    private static ClientMessage start(Fields fields) {
        String link = fields.string("link");
        boolean sketches = Boolean.TRUE.equals(fields.flag("sketches"));
        return link == null
                ? new ClientMessage.Start(requiredPrompt(fields), settings(fields), sketches)
                : new ClientMessage.StartFrom(link, optionalPrompt(fields), settings(fields), sketches);
    }

    private static Prompt requiredPrompt(Fields fields) {
        return new Prompt(fields.requiredString("prompt", "\"jazz piano\""));
    }

    private static @Nullable Prompt optionalPrompt(Fields fields) {
        String prompt = fields.string("prompt");
        return prompt == null ? null : new Prompt(prompt);
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
                loras(fields));
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
