package org.riffloom;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Riff from here, in two browsers: one shares what it heard, the other one goes on from there. */
class FromHereBrowserTests extends BrowserTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

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

        List<JsonNode> starts() {
            return List.copyOf(sent).stream()
                    .map(JSON::readTree)
                    .filter(message -> message.get("type").asString().equals("start"))
                    .toList();
        }
    }

    @Test
    void goesOnWithTheClipThatCameNext() {
        Talk original = new Talk();
        AtomicReference<String> shared = new AtomicReference<>();
        Page page = open(new Browser.NewContextOptions(), "?prompt=techno&seed=7", original);
        page.onRequest(request -> {
            if (request.url().endsWith("/links")) {
                shared.set(request.postData());
            }
        });
        page.locator("#play").click();
        type(page, "church bells");
        // Shared within the blend: once a clip of it is heard.
        await(page, "Number(document.querySelector('.coming meter')?.value) >= 0.25");
        page.locator("#share").click();
        page.locator("#make-link").click();
        await(page, "document.querySelector('#link').value.length > 0");
        String link = page.locator("#link").inputValue();
        JsonNode ids = JSON.readTree(shared.get()).get("clips");
        String last = ids.get(ids.size() - 1).asString();
        page.waitForCondition(
                () -> original.after(last) >= 0, new Page.WaitForConditionOptions().setTimeout(PATIENCE_MS));
        int next = original.after(last);
        page.waitForCondition(
                () -> original.binary.size() >= 2 * next + 2,
                new Page.WaitForConditionOptions().setTimeout(PATIENCE_MS));
        page.close();

        Talk other = new Talk();
        try (BrowserContext stranger = browser.newContext()) {
            Page opened = stranger.newPage();
            opened.setDefaultTimeout(PATIENCE_MS);
            other.accept(opened);
            opened.navigate(link);
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

    @Test
    void playsTheWordsOfALinkThatIsGone() {
        Talk talk = new Talk();
        Page page = open(new Browser.NewContextOptions(), "?link=AAAAAAAAAAAAAAAAAAAAAA&prompt=harp&seed=5", talk);
        page.locator("#play").click();
        await(page, "riffloom.state === 'playing'");
        assertThat(page.locator("#prompts .now .name")).hasText("harp");
        assertThat(talk.starts()).hasSize(2);
        assertThat(talk.starts().get(1).get("seed").longValue()).isEqualTo(5);
        assertThat(talk.clips.get(0).get("startPrompt").asString()).isEqualTo("harp");
    }
}
