package org.riffloom.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.riffloom.clip.ClipId;
import org.riffloom.fuzz.Seeds;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.prompt.LoraWeights;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.PromptMix;
import org.riffloom.prompt.SchedulerName;
import org.riffloom.prompt.SeedMotion;

class MessageReaderTests {

    private final MessageReader reader = new MessageReader();

    @Test
    void readsTheShortestStart() {
        assertThat(reader.read("{\"type\":\"start\",\"prompt\":\" jazz piano \"}"))
                .isEqualTo(new ClientMessage.Start(
                        PromptMix.of(new Prompt("jazz piano")),
                        new SettingsChange(null, null, null, null, null, null, null, null, null, null, null),
                        false));
    }

    @Test
    void readsEveryFieldOfAStart() {
        assertThat(reader.read("""
                                {"type":"start","prompt":"jazz","seed":-9223372036854775808,"seedImage":"og_beat",
                                 "denoising":1,"guidance":7.5,"steps":50,"negativePrompt":"noise","audio":"wav",
                                 "maskImage":"top-half","scheduler":"euler-ancestral","loras":{"bells":0.5},"sketches":true,
                                 "alphaVelocity":0.125,"seedMotion":"random"}
                                """))
                .isEqualTo(new ClientMessage.Start(
                        PromptMix.of(new Prompt("jazz")),
                        new SettingsChange(
                                Long.MIN_VALUE,
                                new SettingsChange.ImageChoice("og_beat"),
                                1.0,
                                7.5,
                                50,
                                "noise",
                                new SettingsChange.ImageChoice("top-half"),
                                new SettingsChange.SchedulerChoice(SchedulerName.EULER_ANCESTRAL),
                                new SettingsChange.LoraChoice(new LoraWeights(Map.of("bells", 0.5))),
                                0.125,
                                SeedMotion.RANDOM),
                        true));
    }

    @Test
    void tellsNoSeedImageFromTheSameSeedImage() {
        assertThat(reader.read("{\"type\":\"settings\",\"seedImage\":null}"))
                .asInstanceOf(type(ClientMessage.Change.class))
                .extracting(change -> change.settings().seedImage())
                .isEqualTo(new SettingsChange.ImageChoice(null));
    }

    @Test
    void tellsTheModelsOwnSchedulerFromTheSameScheduler() {
        assertThat(reader.read("{\"type\":\"settings\",\"scheduler\":null}"))
                .asInstanceOf(type(ClientMessage.Change.class))
                .extracting(change -> change.settings().scheduler())
                .isEqualTo(new SettingsChange.SchedulerChoice(null));
    }

    @Test
    void tellsTheServersLorasFromNoneAndFromTheSame() {
        assertThat(reader.read("{\"type\":\"settings\",\"loras\":null}"))
                .asInstanceOf(type(ClientMessage.Change.class))
                .extracting(change -> change.settings().loras())
                .isEqualTo(new SettingsChange.LoraChoice(null));
        assertThat(reader.read("{\"type\":\"settings\",\"loras\":{}}"))
                .asInstanceOf(type(ClientMessage.Change.class))
                .extracting(change -> change.settings().loras())
                .isEqualTo(new SettingsChange.LoraChoice(new LoraWeights(Map.of())));
    }

    @Test
    void readsAStartFromALink() {
        assertThat(reader.read("{\"type\":\"start\",\"link\":\"q83v\"}"))
                .isEqualTo(new ClientMessage.StartFrom(
                        "q83v",
                        null,
                        new SettingsChange(null, null, null, null, null, null, null, null, null, null, null),
                        false));
        assertThat(reader.read("{\"type\":\"start\",\"link\":\"q83v\",\"prompt\":\"bells\",\"steps\":9}"))
                .asInstanceOf(type(ClientMessage.StartFrom.class))
                .satisfies(start -> assertThat(start.prompt()).isEqualTo(PromptMix.of(new Prompt("bells"))))
                .satisfies(start -> assertThat(start.settings().steps()).isEqualTo(9));
    }

    @Test
    void readsTheOtherMessages() {
        assertThat(reader.read("{\"type\":\"prompt\",\"prompt\":\"bells\"}"))
                .isEqualTo(new ClientMessage.NextPrompt(new Prompt("bells"), false, null));
        assertThat(reader.read("{\"type\":\"prompt\",\"prompt\":\"bells\",\"replace\":true}"))
                .isEqualTo(new ClientMessage.NextPrompt(new Prompt("bells"), true, null));
        assertThat(reader.read("{\"type\":\"played\",\"index\":3}")).isEqualTo(new ClientMessage.Played(3, null));
        assertThat(reader.read("{\"type\":\"played\",\"index\":3,\"riff\":1}"))
                .isEqualTo(new ClientMessage.Played(3, 1));
        assertThat(reader.read("{\"type\":\"pause\"}")).isEqualTo(new ClientMessage.Pause());
        assertThat(reader.read("{\"type\":\"resume\"}")).isEqualTo(new ClientMessage.Resume());
    }

    @Test
    void readsWhichClipsMayGiveWay() {
        ClipId after = new ClipId("q83vEjRWeJCrze8SNFZ4kA");
        assertThat(reader.read("{\"type\":\"prompt\",\"prompt\":\"bells\",\"after\":\"" + after + "\"}"))
                .isEqualTo(new ClientMessage.NextPrompt(new Prompt("bells"), false, after));
        assertThat(reader.read("{\"type\":\"settings\",\"after\":\"" + after + "\"}"))
                .asInstanceOf(type(ClientMessage.Change.class))
                .extracting(ClientMessage.Change::after)
                .isEqualTo(after);
        assertThatThrownBy(() -> reader.read("{\"type\":\"settings\",\"after\":\"../../etc\"}"))
                .hasMessageContaining("the id of a clip");
    }

    @Test
    void readsMixes() {
        PromptMix mix = PromptMix.of(List.of(
                new PromptMix.Part(new Prompt("jazz piano"), 0.75), new PromptMix.Part(new Prompt("bells"), 0.25)));
        String parts = "[{\"prompt\":\" jazz piano\",\"weight\":3},{\"prompt\":\"bells\",\"weight\":1,\"new\":0}]";
        assertThat(reader.read("{\"type\":\"mix\",\"prompts\":" + parts + "}"))
                .isEqualTo(new ClientMessage.Mix(mix, null));
        assertThat(reader.read("{\"type\":\"start\",\"mix\":" + parts + "}"))
                .asInstanceOf(type(ClientMessage.Start.class))
                .extracting(ClientMessage.Start::prompt)
                .isEqualTo(mix);
        assertThat(reader.read("{\"type\":\"settings\",\"mix\":" + parts + "}"))
                .asInstanceOf(type(ClientMessage.Change.class))
                .extracting(ClientMessage.Change::prompt)
                .isEqualTo(mix);
    }

    @Test
    void ignoresFieldsThatANewerClientMayHave() {
        assertThat(reader.read("{\"type\":\"pause\",\"fade\":{\"seconds\":2}}")).isEqualTo(new ClientMessage.Pause());
    }

    @Test
    void seedsOfTheFuzzerAreMessagesOfEveryKind() {
        Set<Class<?>> kinds = Seeds.of("messages").stream()
                .flatMap(String::lines)
                .map(line -> reader.read(line).getClass())
                .collect(Collectors.toSet());
        assertThat(kinds).containsExactlyInAnyOrder(ClientMessage.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("org.riffloom.stream.BadMessages#syntax")
    void refusesWhatIsNotAMessage(String field, String text) {
        refuses(field, text);
    }

    @ParameterizedTest
    @MethodSource("org.riffloom.stream.BadMessages#fields")
    void refusesBadFields(String field, String text) {
        refuses(field, text);
    }

    private void refuses(String field, String text) {
        assertThatThrownBy(() -> reader.read(text))
                .asInstanceOf(type(InvalidRequestException.class))
                .satisfies(e -> assertThat(e.field()).isEqualTo(field))
                .satisfies(e -> assertThat(e.getMessage()).endsWith(".").hasSizeLessThan(300));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"type\":\"start\",\"prompt\":\"a\",\"audio\":\"opus\"}"})
    void namesTheAudioThatThereIs(String text) {
        assertThatThrownBy(() -> reader.read(text)).hasMessageContaining("must be wav");
    }
}
