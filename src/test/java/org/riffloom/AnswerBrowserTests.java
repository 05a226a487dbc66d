package org.riffloom;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How soon a wish is heard: after the clip that sounds, or the next one where there was no time to make another. Looked for in
 * the sound that goes to the loudspeakers.
 */
class AnswerBrowserTests extends BrowserTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final double ONE_STEP_OF_16_BITS = 1.0 / 32_768;

    private final List<JsonNode> clips = Collections.synchronizedList(new ArrayList<>());

    @Test
    void aPromptAndASettingAreHeardWithinAClipAndTheTimeToMakeOne() {
        Page page = open(
                new Browser.NewContextOptions().setViewportSize(640, 480).setBypassCSP(true),
                "?prompt=church+bells&seed=7",
                fresh -> {
                    SoundRecorder.listenTo(fresh);
                    fresh.onWebSocket(socket -> socket.onFrameReceived(frame -> {
                        if (frame.text() != null && frame.text().contains("\"type\":\"clip\"")) {
                            clips.add(JSON.readTree(frame.text()));
                        }
                    }));
                });
        page.locator("#play").click();
        JsonNode prompt = assertHeardSoon(
                page,
                () -> type(page, "techno"),
                clip -> clip.get("endPrompt").asString().equals("techno"));
        assertThat(prompt.get("alpha").doubleValue()).isEqualTo(0.25);
        JsonNode setting = assertHeardSoon(
                page,
                () -> {
                    page.locator("#open-settings").click();
                    page.locator("#settings [name=guidance]").fill("6");
                    page.locator("#settings [type=submit]").click();
                },
                clip -> clip.get("guidance").doubleValue() == 6);
        assertThat(setting.get("endPrompt").asString()).isEqualTo("techno");
    }

    /** @return the first clip that knows of the wish and is heard */
    private JsonNode assertHeardSoon(Page page, Runnable wish, Predicate<JsonNode> granted) {
        // Several clips are ahead that know nothing of it.
        await(page, "recorder.begun && riffloom.scheduled.filter(clip => clip.startTime > riffloom.time).length >= 2");
        String sounding = (String) page.evaluate(
                "riffloom.scheduled.filter(clip => clip.startTime <= riffloom.time && clip.index >= 0).at(-1).id");
        double asked = time(page);
        wish.run();
        page.waitForCondition(
                () -> heard(page, granted) != null, new Page.WaitForConditionOptions().setTimeout(PATIENCE_MS));
        JsonNode answer = Objects.requireNonNull(heard(page, granted));
        String id = answer.get("id").asString();
        double begins = number(page.evaluate("id => riffloom.scheduled.find(clip => clip.id === id)", id), "startTime");
        System.out.printf(
                "%.2f s after the wish, by a clip that took %.2f s to make%n",
                begins - asked, answer.get("generationSeconds").doubleValue());
        assertThat(answer.get("index").intValue()).isBetween(index(sounding) + 1, index(sounding) + 2);

        long from = Math.round(begins * 44_100);
        await(page, "recorder.has(%d, 22050)".formatted(from));
        Map<?, ?> difference = (Map<?, ?>) page.evaluate("""
                async ({ id, from }) => {
                  const wav = await (await fetch(`clips/${id}/sound.wav`)).arrayBuffer();
                  const made = new Int16Array(wav, 44, 22050);
                  const heard = recorder.samples(from, made.length);
                  return {
                    worst: heard.reduce((most, sample, i) => Math.max(most, Math.abs(sample - made[i] / 32768)), 0),
                    loud: heard.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0),
                  };
                }""", Map.of("id", id, "from", (double) from));
        assertThat(number(difference, "loud")).isGreaterThan(0.05);
        assertThat(number(difference, "worst")).isLessThan(ONE_STEP_OF_16_BITS);
        return answer;
    }

    private @Nullable JsonNode heard(Page page, Predicate<JsonNode> granted) {
        List<?> begun = (List<?>)
                page.evaluate("riffloom.scheduled.filter(clip => clip.startTime < riffloom.time).map(clip => clip.id)");
        return List.copyOf(clips).stream()
                .filter(granted)
                .filter(clip -> begun.contains(clip.get("id").asString()))
                .findFirst()
                .orElse(null);
    }

    private int index(String id) {
        return List.copyOf(clips).stream()
                .filter(clip -> clip.get("id").asString().equals(id))
                .findFirst()
                .orElseThrow()
                .get("index")
                .intValue();
    }
}
