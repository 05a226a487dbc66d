package org.riffloom.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import javax.imageio.ImageIO;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.riffloom.clip.ClipId;
import org.riffloom.clip.Moment;
import org.riffloom.clip.StreamState;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.LoraWeights;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.RiffDirection;
import org.riffloom.prompt.RiffPoint;
import org.riffloom.prompt.SchedulerName;
import org.riffloom.stream.TestClient.Received;
import tools.jackson.databind.JsonNode;

/** What a listener gets, over a real socket. */
@Timeout(60)
class RiffSocketTests {

    /** Long enough for the synthetic model to make several clips more than it should. */
    private static final Duration A_WHILE = Duration.ofMillis(400);

    private static final SyntheticServer server = SyntheticServer.ready();
    private static final SyntheticModel model = server.model;
    private int before;

    @AfterAll
    static void close() {
        server.close();
    }

    @BeforeEach
    void countFromHere() {
        awaitQuiet();
        before = model.begun.size();
    }

    @AfterEach
    void letGo() {
        model.release();
    }

    @Test
    void saysHelloWithEverythingThatCanBeAskedFor() {
        try (TestClient client = server.connect()) {
            JsonNode hello = client.await("hello");
            assertThat(hello.get("protocol").intValue()).isEqualTo(1);
            assertThat(hello.get("model").stringValue()).isEqualTo("synthetic");
            assertThat(hello.get("sampleRate").intValue()).isEqualTo(44_100);
            assertThat(hello.get("clipSeconds").doubleValue()).isEqualTo(5.12);
            assertThat(hello.get("aheadClips").intValue()).isEqualTo(2);
            assertThat(hello.get("audio")).hasToString("[\"wav\"]");
            assertThat(hello.get("maskImages")).hasToString("[\"top-half\"]");
            assertThat(hello.get("loras")).hasToString("{\"bells\":0.8,\"lcm\":0.0}");
            assertThat(hello.get("schedulers").get(0).stringValue()).isEqualTo("ddim");
            assertThat(hello.get("examplePrompts")).hasToString("[\"jazz piano\",\"church bells\"]");
            assertThat(hello.get("seedImages").get(1))
                    .hasToString("{\"id\":\"waltz\",\"title\":\"Waltz\",\"beats\":6,"
                            + "\"image\":\"seed-images/waltz.png?v=0b\",\"sound\":\"seed-images/waltz.wav\"}");
            assertThat(hello.get("defaults").propertyNames())
                    .containsExactlyInAnyOrder(
                            "seed",
                            "seedImage",
                            "denoising",
                            "guidance",
                            "steps",
                            "negativePrompt",
                            "maskImage",
                            "scheduler",
                            "loras",
                            "alphaVelocity",
                            "seedMotion");
        }
    }

    @Test
    void sketchesTheFirstClipForThoseWhoAsk() {
        try (TestClient client = server.connect()) {
            client.await("hello");
            client.send("{\"type\":\"start\",\"prompt\":\"jazz piano\",\"sketches\":true}");
            for (int step = 1; step <= SyntheticModel.STEPS; step++) {
                JsonNode sketch = client.await("sketch");
                assertThat(sketch.get("riff").intValue()).isEqualTo(1);
                assertThat(sketch.get("index").intValue()).isZero();
                assertThat(sketch.get("step").intValue()).isEqualTo(step);
                assertThat(sketch.get("image").get("mediaType").stringValue()).isEqualTo("image/png");
                assertThat(Base64.getDecoder()
                                .decode(sketch.get("image").get("data").stringValue()))
                        .containsExactly(step);
            }
            // Whoever waits for a clip takes a sketch for an error.
            client.awaitClips(2);
            client.start("church bells").awaitClip();
        }
    }

    @Test
    void streamsClipsInOrderAndStaysTwoAheadOfWhatPlays() throws IOException {
        try (TestClient client = server.connect().start("jazz piano")) {
            List<Received> clips = client.awaitClips(2);
            assertNothingMoreIsMade(2);
            Received first = clips.get(0);
            JsonNode message = first.message();
            assertThat(message.get("riff").intValue()).isEqualTo(1);
            assertThat(message.get("id").stringValue()).matches("[A-Za-z0-9_-]{22}");
            assertThat(message.get("seconds").doubleValue()).isEqualTo(5.12);
            assertThat(message.get("imageOffsetSeconds").doubleValue()).isEqualTo(0.05);
            assertThat(message.get("startSeed").longValue()).isEqualTo(42);
            assertThat(message.get("endSeed").longValue()).isEqualTo(43);
            assertThat(message.get("seedImage").stringValue()).isEqualTo("og_beat");
            assertThat(message.get("denoising").doubleValue()).isEqualTo(0.75);
            assertThat(message.get("guidance").doubleValue()).isEqualTo(7);
            assertThat(message.get("steps").intValue()).isEqualTo(25);
            assertThat(message.get("alphaVelocity").doubleValue()).isEqualTo(0.25);
            assertThat(message.get("seedMotion").stringValue()).isEqualTo("walk");
            assertThat(first.audio()).hasSize(44 + 2 * 512 * 441).startsWith('R', 'I', 'F', 'F');
            assertThat(Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(first.image())))
                            .getWidth())
                    .isEqualTo(64);
            client.played(0);
            clips.add(client.awaitClip());
            assertNothingMoreIsMade(3);
            client.played(2);
            clips.addAll(client.awaitClips(2));
            assertNothingMoreIsMade(5);
            assertThat(clips).extracting(Received::index).containsExactly(0, 1, 2, 3, 4);
            assertThat(clips)
                    .extracting(Received::recipe)
                    .containsExactly(
                            "jazz piano → jazz piano @0.0",
                            "jazz piano → jazz piano @0.25",
                            "jazz piano → jazz piano @0.5",
                            "jazz piano → jazz piano @0.75",
                            "jazz piano → jazz piano @0.0");
        }
    }

    @Test
    void reportsEveryStep() {
        try (TestClient client = server.connect().start("jazz")) {
            for (int step = 1; step <= SyntheticModel.STEPS; step++) {
                assertThat(client.await("progress"))
                        .hasToString(
                                "{\"type\":\"progress\",\"riff\":1,\"index\":0,\"step\":" + step + ",\"steps\":4}");
            }
        }
    }

    @Test
    void movesToTheNextPromptWithTheFirstClipNotYetBegun() {
        try (TestClient client = server.connect().start("jazz")) {
            client.awaitClips(2);
            client.send("{\"type\":\"prompt\",\"prompt\":\"bells\"}");
            client.played(1);
            assertThat(client.awaitClips(2))
                    .extracting(Received::recipe)
                    .containsExactly("jazz → bells @0.25", "jazz → bells @0.5");
            client.played(3);
            assertThat(client.awaitClips(2))
                    .extracting(Received::recipe)
                    .containsExactly("jazz → bells @0.75", "bells → bells @0.0");
        }
    }

    @Test
    void glidesToAMixAndTellsItsParts() {
        try (TestClient client = server.connect().start("jazz")) {
            assertThat(client.awaitClips(2))
                    .allSatisfy(
                            clip -> assertThat(clip.message().has("startMix")).isFalse());
            client.send(mix("jazz", 0.6, "bells", 0.4)).played(1);
            List<Received> clips = client.awaitClips(2);
            assertThat(clips)
                    .extracting(Received::recipe)
                    .containsExactly(
                            "75 % jazz + 25 % bells → 75 % jazz + 25 % bells @0.25",
                            "60 % jazz + 40 % bells → 60 % jazz + 40 % bells @0.25");
            String parts = "[{\"prompt\":\"jazz\",\"weight\":0.6},{\"prompt\":\"bells\",\"weight\":0.4}]";
            assertThat(clips.get(1).message().get("startMix")).hasToString(parts);
            assertThat(clips.get(1).message().get("endMix")).hasToString(parts);
            client.send("{\"type\":\"prompt\",\"prompt\":\"harp\"}").played(2);
            JsonNode away = client.awaitClip().message();
            assertThat(away.get("startMix")).hasToString(parts);
            assertThat(away.has("endMix")).isFalse();
            assertThat(away.get("endPrompt").stringValue()).isEqualTo("harp");
        }
    }

    @Test
    void beginsInTheMiddleOfAMix() {
        try (TestClient client = server.connect()) {
            client.await("hello");
            client.send(
                    mix("jazz", 1, "bells", 3).replace("\"mix\"", "\"start\"").replace("\"prompts\"", "\"mix\""));
            assertThat(client.awaitClip().recipe()).isEqualTo("25 % jazz + 75 % bells → 25 % jazz + 75 % bells @0.0");
        }
    }

    /** A hand on a slider is no flood, and the last value is the one that counts. */
    @Test
    void followsAHandThatNeverRests() {
        try (TestClient client = server.connect().start("jazz")) {
            client.awaitClips(2);
            for (int i = 1; i <= 100; i++) {
                client.send(mix("jazz", 1_000 - i, "bells", i));
            }
            client.played(0);
            assertThat(client.awaitClip().recipe()).isEqualTo("90 % jazz + 10 % bells → 90 % jazz + 10 % bells @0.25");
        }
    }

    private static String mix(String first, double weight, String second, double other) {
        return "{\"type\":\"mix\",\"prompts\":[{\"prompt\":\"%s\",\"weight\":%s},{\"prompt\":\"%s\",\"weight\":%s}]}"
                .formatted(first, weight, second, other);
    }

    @Test
    void usesChangedSettingsFromTheNextClipOn() {
        try (TestClient client = server.connect().start("jazz")) {
            client.awaitClips(2);
            client.send("{\"type\":\"settings\",\"guidance\":3,\"seedImage\":null,\"steps\":9}");
            client.played(0);
            JsonNode message = client.awaitClip().message();
            assertThat(message.get("guidance").doubleValue()).isEqualTo(3);
            assertThat(message.get("seedImage").isNull()).isTrue();
            assertThat(message.get("steps").intValue()).isEqualTo(9);
            assertThat(message.get("alpha").doubleValue()).isEqualTo(0.5);
        }
    }

    private static String withAfter(String message, Received clip) {
        return message.replaceFirst(
                "}$", ",\"after\":\"" + clip.message().get("id").stringValue() + "\"}");
    }

    @Test
    void clipsMadeAheadGiveWayToAWish() {
        try (TestClient client = server.connect().start("jazz")) {
            List<Received> clips = client.awaitClips(2);
            assertThat(clips.get(0).message().has("after")).isFalse();
            assertThat(clips.get(1).message().get("after"))
                    .isEqualTo(clips.get(0).message().get("id"));
            clips.add(client.played(0).awaitClip());
            client.send(withAfter("{\"type\":\"prompt\",\"prompt\":\"bells\"}", clips.get(0)));
            List<Received> instead = client.awaitClips(2);
            assertThat(instead).extracting(Received::index).containsExactly(1, 2);
            assertThat(instead).extracting(Received::recipe).containsExactly("jazz → bells @0.25", "jazz → bells @0.5");
            assertThat(instead.get(0).message().get("after"))
                    .isEqualTo(clips.get(0).message().get("id"));
            assertThat(instead.get(1).message().get("after"))
                    .isEqualTo(instead.get(0).message().get("id"));
            // Its sound goes on from the clip that it follows now.
            assertThat(model.resumed.get(model.resumed.size() - 1))
                    .isEqualTo(StreamState.of(model.begun.get(before).toString().getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void whatIsBeingMadeIsAbandonedForAWish() {
        int abandoned = model.abandoned.get();
        try (TestClient client = server.connect().start("jazz")) {
            Received first = client.awaitClips(2).get(0);
            model.hold();
            client.played(0);
            awaitBegun(3);
            client.send(withAfter("{\"type\":\"settings\",\"guidance\":3}", first));
            soon().until(() -> model.abandoned.get() == abandoned + 1);
            model.release();
            Received instead = client.awaitClip();
            assertThat(instead.index()).isEqualTo(1);
            assertThat(instead.message().get("guidance").doubleValue()).isEqualTo(3);
            assertThat(client.awaitClip().index()).isEqualTo(2);
            assertNothingMoreIsMade(5);
        }
    }

    @Test
    void clipsThatAWishDoesNotConcernStay() {
        try (TestClient client = server.connect().start("jazz")) {
            Received first = client.awaitClips(2).get(0);
            client.send("{\"type\":\"prompt\",\"prompt\":\"bells\"}").played(0);
            assertThat(client.awaitClip().recipe()).isEqualTo("jazz → bells @0.25");
            client.send(withAfter("{\"type\":\"prompt\",\"prompt\":\"techno\"}", first));
            // The second clip was made before there were bells, and gives way to the first of the transition.
            assertThat(client.awaitClip().recipe()).isEqualTo("jazz → bells @0.25");
            Received last = client.awaitClip();
            assertThat(last.recipe()).isEqualTo("jazz → bells @0.5");
            client.send(withAfter("{\"type\":\"prompt\",\"prompt\":\"harp\"}", first));
            assertNothingMoreIsMade(5);
            assertThat(client.played(1).awaitClip().message().get("after"))
                    .isEqualTo(last.message().get("id"));
        }
    }

    @Test
    void goesOnFromAClipThatWasHeardThoughItHadGivenWay() {
        try (TestClient client = server.connect().start("jazz")) {
            List<Received> clips = client.awaitClips(2);
            client.send(withAfter("{\"type\":\"prompt\",\"prompt\":\"bells\"}", clips.get(0)));
            assertThat(client.awaitClip().index()).isEqualTo(1);
            client.played(1);
            client.send(withAfter("{\"type\":\"settings\"}", clips.get(1)));
            // What was made meanwhile, if anything was, comes before.
            Received next = client.awaitClip();
            while (!next.message().get("after").equals(clips.get(1).message().get("id"))) {
                next = client.awaitClip();
            }
            assertThat(next.index()).isEqualTo(2);
            assertThat(next.recipe()).isEqualTo("jazz → bells @0.25");
        }
    }

    @Test
    void makesNothingInAPause() {
        try (TestClient client = server.connect().start("jazz")) {
            client.awaitClips(2);
            client.send("{\"type\":\"pause\"}").played(1);
            assertNothingMoreIsMade(2);
            client.send("{\"type\":\"resume\"}");
            assertThat(client.awaitClips(2)).extracting(Received::index).containsExactly(2, 3);
        }
    }

    @Test
    void finishesInAPauseWhatHasBeenBegun() {
        model.hold();
        try (TestClient client = server.connect().start("jazz")) {
            awaitBegun(1);
            client.send("{\"type\":\"pause\"}");
            // Answered after the pause has been dealt with.
            client.send("{}").await("error");
            model.release();
            assertThat(client.awaitClip().index()).isZero();
            assertNothingMoreIsMade(1);
        }
    }

    @Test
    void makesNothingForAListenerWhoHasGone() {
        int abandoned = model.abandoned.get();
        model.hold();
        TestClient client = server.connect().start("jazz");
        awaitBegun(1);
        client.abort();
        soon().until(() -> model.abandoned.get() == abandoned + 1);
        model.release();
        assertNothingMoreIsMade(1);
    }

    @Test
    void takesTurnsBetweenSessions() {
        model.hold();
        try (TestClient a = server.connect().start("a");
                TestClient b = server.connect()) {
            awaitBegun(1);
            b.start("b");
            assertThat(b.await("queued")).hasToString("{\"type\":\"queued\",\"riff\":1,\"position\":1}");
            model.release();
            a.awaitClips(2);
            b.awaitClips(2);
            assertThat(model.prompts().subList(before, before + 4)).containsExactly("a", "b", "a", "b");
            assertThat(model.mostAtOnce).hasValue(1);
        }
    }

    @Test
    void anotherStartAbandonsTheRiffBefore() {
        model.hold();
        int abandoned = model.abandoned.get();
        int resets = model.resets.get();
        try (TestClient client = server.connect().start("jazz")) {
            awaitBegun(1);
            client.start("bells");
            soon().until(() -> model.abandoned.get() == abandoned + 1);
            model.release();
            Received first = client.awaitClip();
            assertThat(first.message().get("riff").intValue()).isEqualTo(2);
            assertThat(first.index()).isZero();
            assertThat(first.recipe()).isEqualTo("bells → bells @0.0");
            assertThat(client.awaitClip().index()).isEqualTo(1);
            assertThat(model.resets).hasValue(resets + 2);
            client.send("{\"type\":\"played\",\"index\":7,\"riff\":1}");
            assertNothingMoreIsMade(3);
            client.send("{\"type\":\"played\",\"index\":0,\"riff\":2}");
            assertThat(client.awaitClip().index()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource({
        "org.riffloom.stream.BadMessages#syntax",
        "org.riffloom.stream.BadMessages#fields",
        "org.riffloom.stream.BadMessages#values"
    })
    void saysWhatIsWrongWithAMessageAndGoesOn(String field, String message) {
        try (TestClient client = server.connect()) {
            client.await("hello");
            assertBadRequest(client, field, message);
            client.start("jazz").awaitClips(2);
            assertBadRequest(client, field, message);
            assertThat(client.played(0).awaitClip().index()).isEqualTo(2);
        }
    }

    @Test
    void refusesWhatMakesNoSenseNow() {
        try (TestClient client = server.connect()) {
            client.await("hello");
            assertBadRequest(client, "type", "{\"type\":\"prompt\",\"prompt\":\"a\"}");
            assertBadRequest(client, "type", "{\"type\":\"settings\",\"seed\":1}");
            assertBadRequest(client, "type", "{\"type\":\"played\",\"index\":0}");
            assertBadRequest(client, "type", "{\"type\":\"pause\"}");
            assertBadRequest(client, "type", "{\"type\":\"resume\"}");
            client.start("jazz").awaitClips(2);
            assertBadRequest(client, "index", "{\"type\":\"played\",\"index\":2}");
            assertBadRequest(client, "index", "{\"type\":\"played\",\"index\":-1}");
            assertBadRequest(client, "riff", "{\"type\":\"played\",\"index\":0,\"riff\":2}");
            client.sendBinary(new byte[] {1, 2, 3});
            assertThat(client.await("error").get("code").stringValue()).isEqualTo("bad-request");
            client.played(0).awaitClip();
        }
    }

    private static void assertBadRequest(TestClient client, String field, String message) {
        JsonNode error = client.send(message).await("error");
        assertThat(error.get("code").stringValue()).isEqualTo("bad-request");
        assertThat(error.get("message").stringValue()).hasSizeBetween(10, 300);
        assertThat(error.path("field").asString("")).isEqualTo(field);
    }

    @Test
    void survivesAFailureToMakeAClip() {
        try (TestClient client = server.connect().start("a broken model")) {
            assertThat(client.await("error").get("code").stringValue()).isEqualTo("generation-failed");
            assertNothingMoreIsMade(1);
            client.send("{\"type\":\"resume\"}");
            assertThat(client.await("error").get("code").stringValue()).isEqualTo("generation-failed");
            client.start("jazz");
            assertThat(client.awaitClip().index()).isZero();
        }
    }

    @Test
    void passesOnWhatTheModelCannotUse() {
        try (TestClient client = server.connect().start("(unbalanced")) {
            assertThat(client.await("error"))
                    .hasToString(
                            "{\"type\":\"error\",\"code\":\"bad-request\",\"message\":\"A bracket is not closed.\","
                                    + "\"field\":\"prompt\"}");
        }
    }

    @Test
    void closesOnAMessageThatIsTooBig() {
        try (TestClient client = server.connect()) {
            client.await("hello");
            client.start("a".repeat(70_000));
            assertThat(client.awaitClose()).isEqualTo(1009);
        }
    }

    @Test
    void aFloodEndsItsOwnSessionOnly() {
        try (TestClient flooding = server.connect();
                TestClient listening = server.connect().start("jazz")) {
            flooding.await("hello");
            try {
                for (int i = 0; i < 5_000; i++) {
                    flooding.start("flood " + i);
                }
            } catch (CompletionException e) {
                assertThat(e).hasRootCauseInstanceOf(IOException.class);
            }
            assertThat(flooding.awaitClose()).isIn(1008, -1);
            assertThat(listening.awaitClips(2)).extracting(Received::index).containsExactly(0, 1);
            assertThat(model.mostAtOnce).hasValue(1);
        }
    }

    private static final StreamState SOUND = StreamState.of(new byte[] {1, 2, 3});

    private static Moment moment(String fingerprint, StreamState sound) {
        return new Moment(
                new Interpolation(
                        new RiffPoint(new Prompt("jazz"), "drums", 43, 0.6, 4),
                        new RiffPoint(new Prompt("bells"), "drums", 42, 0.6, 4),
                        0.25,
                        "waltz",
                        9,
                        null,
                        SchedulerName.EULER,
                        new LoraWeights(Map.of("bells", 0.5))),
                RiffDirection.USUAL,
                fingerprint,
                sound);
    }

    private static String startFrom(Moment moment, String more) {
        String link = ClipId.random().value();
        model.moments.put(link, moment);
        return "{\"type\":\"start\",\"link\":\"" + link + "\"" + more + "}";
    }

    @Test
    void goesOnWhereALinkLeads() {
        model.resumed.clear();
        Moment moment = moment(SyntheticModel.FINGERPRINT, SOUND);
        try (TestClient client = server.connect().start("flute")) {
            client.awaitClips(2);
            client.send(startFrom(moment, ""));
            List<Received> clips = client.awaitClips(2);
            assertThat(clips).extracting(Received::recipe).containsExactly("jazz → bells @0.5", "jazz → bells @0.75");
            JsonNode message = clips.get(0).message();
            assertThat(message.get("riff").intValue()).isEqualTo(2);
            assertThat(message.get("index").intValue()).isZero();
            Interpolation made = model.begun.get(before + 2);
            assertThat(made.start()).isEqualTo(moment.recipe().start());
            assertThat(made.end()).isEqualTo(moment.recipe().end());
            assertThat(made.seedImage()).isEqualTo("waltz");
            assertThat(made.steps()).isEqualTo(9);
            assertThat(made.scheduler()).isEqualTo(SchedulerName.EULER);
            assertThat(made.loras()).isEqualTo(moment.recipe().loras());
            assertThat(model.resumed).containsExactly(SOUND);
            // What comes next is as after any start.
            client.send("{\"type\":\"prompt\",\"prompt\":\"organ\"}").played(1);
            assertThat(client.awaitClips(2))
                    .extracting(Received::recipe)
                    .containsExactly("bells → bells @0.0", "bells → organ @0.25");
            assertThat(model.resumed).hasSize(1);
        }
    }

    @Test
    void whatAStartFromALinkSaysTakesThePlaceOfWhatTheLinkHas() {
        try (TestClient client = server.connect()) {
            client.send(startFrom(
                    moment(SyntheticModel.FINGERPRINT, SOUND),
                    ",\"prompt\":\"organ\",\"steps\":12,\"seedImage\":null,\"loras\":null"));
            Received clip = client.awaitClip();
            assertThat(clip.recipe()).isEqualTo("organ → organ @0.0");
            assertThat(clip.message().get("steps").intValue()).isEqualTo(12);
            assertThat(clip.message().get("seedImage").isNull()).isTrue();
            assertThat(clip.message().get("loras").isNull()).isTrue();
            assertThat(clip.message().get("guidance").doubleValue()).isEqualTo(4);
            assertBadRequest(client, "steps", startFrom(moment(SyntheticModel.FINGERPRINT, SOUND), ",\"steps\":1000"));
        }
    }

    @Test
    void goesOnWithAnotherModelAsThatOneCan() {
        model.resumed.clear();
        try (TestClient client = server.connect().send(startFrom(moment("11".repeat(32), SOUND), ""))) {
            Received clip = client.awaitClip();
            assertThat(clip.recipe()).isEqualTo("jazz → bells @0.5");
            Interpolation made = model.begun.get(before);
            assertThat(made.start().seed()).isEqualTo(43);
            assertThat(made.start().negativePrompt()).isEqualTo("drums");
            assertThat(made.start().denoising()).isEqualTo(0.6);
            assertThat(made.seedImage()).isEqualTo("waltz");
            assertThat(made.start().guidance()).isEqualTo(7);
            assertThat(made.steps()).isEqualTo(25);
            assertThat(made.scheduler()).isNull();
            assertThat(model.resumed).isEmpty();
        }
    }

    @Test
    void whatIsNotThereAnyMoreGivesWayToTheDefaults() {
        Interpolation recipe = moment("", StreamState.SILENCE).recipe();
        Interpolation lost = new Interpolation(
                recipe.start(),
                recipe.end(),
                0.75,
                "lost",
                9,
                "lost",
                SchedulerName.EULER,
                new LoraWeights(Map.of("lost", 1.0, "bells", 1.0)));
        try (TestClient client =
                server.connect().send(startFrom(new Moment(lost, RiffDirection.USUAL, "", StreamState.SILENCE), ""))) {
            JsonNode message = client.awaitClip().message();
            assertThat(message.get("startPrompt").stringValue()).isEqualTo("bells");
            assertThat(message.get("seedImage").stringValue()).isEqualTo("og_beat");
            assertThat(message.get("maskImage").isNull()).isTrue();
            assertThat(message.get("loras").isNull()).isTrue();
            // Of a link that is older than fingerprints, nobody can say that it was another model.
            assertThat(message.get("scheduler").stringValue()).isEqualTo("euler");
            assertThat(message.get("steps").intValue()).isEqualTo(9);
        }
    }

    @Test
    void beginsWhereTheLinkEndsAlsoWhenTheFirstClipFails() {
        model.resumed.clear();
        RiffPoint broken = new RiffPoint(new Prompt("a broken model"), "", 1, 0.6, 4);
        Moment moment = new Moment(
                new Interpolation(broken, broken, 0.25, null, 9),
                RiffDirection.USUAL,
                SyntheticModel.FINGERPRINT,
                SOUND);
        try (TestClient client = server.connect().send(startFrom(moment, ""))) {
            assertThat(client.await("error").get("code").stringValue()).isEqualTo("generation-failed");
            client.send("{\"type\":\"settings\",\"prompt\":\"jazz\"}");
            client.awaitClips(2);
            assertThat(model.resumed).containsExactly(SOUND, SOUND);
        }
    }

    private static ConditionFactory soon() {
        return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
    }

    private void awaitBegun(int clips) {
        soon().until(() -> model.begun.size() == before + clips);
    }

    private void assertNothingMoreIsMade(int clips) {
        await().during(A_WHILE).atMost(A_WHILE.multipliedBy(10)).until(() -> model.begun.size() == before + clips);
    }

    /** The sessions of the test before have been noticed to be gone. */
    private void awaitQuiet() {
        model.release();
        soon().until(() -> server.connections() == 0);
        soon().until(() -> model.ended.get() == model.begun.size());
    }
}
