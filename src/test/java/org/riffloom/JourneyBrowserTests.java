package org.riffloom;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What listeners come for, with the embedded model and at each size of window: from the first visit to sound, to another
 * prompt, to a link, and in another browser on from there. Looked for in the sound that goes to the loudspeakers.
 */
class JourneyBrowserTests extends BrowserTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final double ONE_STEP_OF_16_BITS = 1.0 / 32_768;

    private static final double CLIP_SECONDS = 5.12;

    /** For what the page does between a click and a message, and between a clip and its sound. */
    private static final double TRIPS_SECONDS = 1;

    /** Bytes before the first sample of a clip. */
    private static final int WAV_HEAD = 44;

    /** Everything that a page's socket says and is told. */
    private static final class Talk implements Consumer<Page> {

        final List<String> sent = Collections.synchronizedList(new ArrayList<>());
        final List<JsonNode> clips = Collections.synchronizedList(new ArrayList<>());
        /** A sound and a picture for each clip. */
        final List<byte[]> binary = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void accept(Page page) {
            page.onWebSocket(socket -> {
                socket.onFrameSent(frame -> remember(sent, frame));
                socket.onFrameReceived(frame -> {
                    if (frame.text() == null) {
                        binary.add(frame.binary());
                    } else if (frame.text().contains("\"clip\"")) {
                        clips.add(JSON.readTree(frame.text()));
                    }
                });
            });
        }

        /** The place of the clip that goes on from one, the latest if others gave way to it; -1 if there is none yet. */
        int after(String id) {
            return List.copyOf(clips).stream()
                    .map(clip -> clip.path("after").asString(""))
                    .toList()
                    .lastIndexOf(id);
        }

        int place(String id) {
            return List.copyOf(clips).stream()
                    .map(clip -> clip.get("id").asString())
                    .toList()
                    .indexOf(id);
        }

        /** Whether the clip that goes on from one is there, with its sound and its picture. */
        boolean complete(String id) {
            return after(id) >= 0 && binary.size() >= 2 * after(id) + 2;
        }

        List<JsonNode> starts() {
            return List.copyOf(sent).stream()
                    .map(JSON::readTree)
                    .filter(message -> message.get("type").asString().equals("start"))
                    .toList();
        }
    }

    private static Browser.NewContextOptions window(int width, int height) {
        // A projector's many pixels leave a processor that draws no time for anything else.
        return (width > 2_000 ? calm() : new Browser.NewContextOptions())
                .setViewportSize(width, height)
                .setBypassCSP(true);
    }

    @ParameterizedTest
    @CsvSource({"390, 844", "1280, 800", "2560, 1440"})
    void leadsFromTheFirstVisitToALinkThatOthersGoOnFrom(int width, int height) {
        Talk talk = new Talk();
        AtomicReference<String> shared = new AtomicReference<>("");
        Page page = open(window(width, height), "?seed=7", fresh -> {
            SoundRecorder.listenTo(fresh);
            talk.accept(fresh);
            fresh.onRequest(request -> {
                if (request.url().endsWith("/links")) {
                    shared.set(Objects.requireNonNull(request.postData()));
                }
            });
        });
        type(page, "techno");
        await(page, "riffloom.state === 'playing' && recorder.begun && riffloom.position > 1");
        assertThat((Boolean) page.evaluate("recorder.above(0.05).length > 100")).isTrue();
        assertThat(page.locator("#prompts .now .name")).hasText("techno");

        JsonNode blended = assertHeardSoon(
                page,
                talk,
                () -> type(page, "church bells"),
                clip -> clip.get("endPrompt").asString().equals("church bells"));
        assertThat(blended.get("alpha").doubleValue()).isEqualTo(0.25);

        // Shared within the blend, and heard: the clip that comes next is known to this page only.
        String link = share(page);
        JsonNode ids = JSON.readTree(shared.get()).get("clips");
        String last = ids.get(ids.size() - 1).asString();
        page.waitForCondition(() -> talk.complete(last), new Page.WaitForConditionOptions().setTimeout(PATIENCE_MS));
        int next = talk.after(last);
        page.close();
        goesOnFrom(link, width, height, talk, talk.place(last), next);
    }

    @Test
    void aSettingIsHeardAsSoonAsAPrompt() {
        Talk talk = new Talk();
        Page page = open(calm().setBypassCSP(true), "?prompt=techno&seed=7", fresh -> {
            SoundRecorder.listenTo(fresh);
            talk.accept(fresh);
        });
        page.locator("#play").click();
        JsonNode setting = assertHeardSoon(
                page,
                talk,
                () -> {
                    page.locator("#open-settings").click();
                    page.locator("#settings [name=guidance]").fill("6");
                    page.locator("#settings [type=submit]").click();
                },
                clip -> clip.get("guidance").doubleValue() == 6);
        assertThat(setting.get("endPrompt").asString()).isEqualTo("techno");
    }

    private static String share(Page page) {
        page.locator("#share").click();
        page.locator("#make-link").click();
        await(page, "document.querySelector('#link').value.length > 0");
        return page.locator("#link").inputValue();
    }

    private void goesOnFrom(String link, int width, int height, Talk original, int last, int next) {
        Talk other = new Talk();
        try (BrowserContext stranger = newContext(window(width, height))) {
            Page opened = stranger.newPage();
            opened.setDefaultTimeout(PATIENCE_MS);
            other.accept(opened);
            opened.navigate(link);
            await(opened, "document.querySelector('audio').duration > 5");
            assertThat((Boolean) opened.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .isTrue();
            byte[] sound = stranger.request().get(link + "/sound.wav").body();
            byte[] heard = original.binary.get(2 * last);
            // The tags stand before the samples.
            int samples = heard.length - WAV_HEAD;
            assertThat(Arrays.copyOfRange(sound, sound.length - samples, sound.length))
                    .isEqualTo(Arrays.copyOfRange(heard, WAV_HEAD, heard.length));

            opened.locator(".deeds a").click();
            await(opened, "window.riffloom?.state === 'idle'");
            assertThat(opened.locator("#prompt")).hasValue("church bells");
            opened.locator("#play").click();
            await(opened, "riffloom.state === 'playing'");
            assertThat(other.starts()).hasSize(1);
            JsonNode start = other.starts().get(0);
            assertThat(start.get("link").asString()).isEqualTo(link.substring(link.lastIndexOf('/') + 1));
            assertThat(start.has("prompt")).isFalse();
            assertThat(other.binary.get(1)).isEqualTo(original.binary.get(2 * next + 1));
            assertThat(other.binary.get(0)).isEqualTo(original.binary.get(2 * next));
            assertThat(other.clips.get(0).get("alpha"))
                    .isEqualTo(original.clips.get(next).get("alpha"));
            // What the link brought stands in the settings, and the address is that of the music which plays.
            opened.locator("#open-settings").click();
            assertThat(opened.locator("#settings [name=steps]")).hasValue("3");
            await(opened, "!location.search.includes('link=') && location.search.includes('prompt=')");
        }
    }

    /** @return the first clip that knows of the wish and is heard */
    private static JsonNode assertHeardSoon(Page page, Talk talk, Runnable wish, Predicate<JsonNode> granted) {
        // Several clips are ahead that know nothing of it, variations not counted.
        await(
                page,
                "recorder.begun && riffloom.scheduled.filter(clip => clip.index >= 0 && clip.startTime > riffloom.time).length >= 2");
        double asked = time(page);
        wish.run();
        page.waitForCondition(
                () -> heard(page, talk, granted) != null, new Page.WaitForConditionOptions().setTimeout(PATIENCE_MS));
        JsonNode answer = Objects.requireNonNull(heard(page, talk, granted));
        String id = answer.get("id").asString();
        double begins = number(page.evaluate("id => riffloom.scheduled.find(clip => clip.id === id)", id), "startTime");
        assertThat(begins - asked).isLessThan(secondsToBeHeard(talk, id, granted));

        long from = Math.round(begins * 44_100);
        // A busy machine may leave frames out of the recording; any half second of the clip will do.
        await(page, "recorder.whole(%d, %d, 22050) !== null".formatted(from, from + 5 * 44_100));
        Map<?, ?> difference = (Map<?, ?>) page.evaluate("""
                async ({ id, from }) => {
                  const at = recorder.whole(from, from + 5 * 44100, 22050);
                  const wav = await (await fetch(`clips/${id}/sound.wav`)).arrayBuffer();
                  const made = new Int16Array(wav, 44 + 2 * (at - from), 22050);
                  const heard = recorder.samples(at, made.length);
                  return {
                    worst: heard.reduce((most, sample, i) => Math.max(most, Math.abs(sample - made[i] / 32768)), 0),
                    loud: heard.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0),
                  };
                }""", Map.of("id", id, "from", (double) from));
        assertThat(number(difference, "loud")).isGreaterThan(0.05);
        assertThat(number(difference, "worst")).isLessThan(ONE_STEP_OF_16_BITS);
        return answer;
    }

    /**
     * One clip and the making of one, with the reserve that the page leaves for it. A busy machine may take longer than it
     * ever did before, so that the first answer comes too late for its place; the second one has the same time again.
     */
    private static double secondsToBeHeard(Talk talk, String answer, Predicate<JsonNode> granted) {
        List<JsonNode> known = List.copyOf(talk.clips).subList(0, talk.place(answer) + 1);
        double slowest = known.stream()
                .mapToDouble(clip -> clip.get("generationSeconds").doubleValue())
                .max()
                .orElseThrow();
        long answers = known.stream().filter(granted).count();
        return CLIP_SECONDS + answers * (1.2 * slowest + 0.4) + TRIPS_SECONDS;
    }

    private static @Nullable JsonNode heard(Page page, Talk talk, Predicate<JsonNode> granted) {
        List<?> begun = (List<?>)
                page.evaluate("riffloom.scheduled.filter(clip => clip.startTime < riffloom.time).map(clip => clip.id)");
        return List.copyOf(talk.clips).stream()
                .filter(granted)
                .filter(clip -> begun.contains(clip.get("id").asString()))
                .findFirst()
                .orElse(null);
    }

    @Test
    void playsTheWordsOfALinkThatIsGone() {
        Talk talk = new Talk();
        Page page = open(calm(), "?link=AAAAAAAAAAAAAAAAAAAAAA&prompt=harp&seed=5", talk);
        page.locator("#play").click();
        await(page, "riffloom.state === 'playing'");
        assertThat(page.locator("#prompts .now .name")).hasText("harp");
        assertThat(talk.starts()).hasSize(2);
        assertThat(talk.starts().get(1).get("seed").longValue()).isEqualTo(5);
        assertThat(talk.clips.get(0).get("startPrompt").asString()).isEqualTo("harp");
    }
}
