package org.riffloom;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketFrame;
import com.microsoft.playwright.WebSocketRoute;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.riffloom.audio.SoundReader;

/** What a listener does with a riff that plays: saves it, changes what comes, and waits for a server that is late. */
class PlayerBrowserTests extends BrowserTests {

    private static final int CLIP = 512 * 441;

    private static Browser.NewContextOptions laptop() {
        return new Browser.NewContextOptions().setViewportSize(1280, 800);
    }

    @Test
    void savesWhatWasHeardAsAFileNamedAfterThePrompt(@TempDir Path folder) throws IOException {
        Page page = open(laptop(), "?prompt=techno&seed=7");
        page.locator("#play").click();
        await(page, "riffloom.state === 'playing' && !document.querySelector('#save').disabled");
        page.locator("#save").click();
        Download sound = page.waitForDownload(() -> page.locator("#save-file").click());
        assertThat(sound.suggestedFilename()).isEqualTo("techno.flac");
        Path file = folder.resolve(sound.suggestedFilename());
        sound.saveAs(file);
        assertThat(SoundReader.read(file).length()).isEqualTo(CLIP);
        assertThat(page.locator("#saving-status")).hasText("Saved as techno.flac");

        page.locator("[name=format][value=mp3]").check();
        page.locator("[name=kind][value=loop]").check();
        assertThat(page.locator("[name=format][value=flac]")).isChecked();
        assertThat(page.locator("[name=format][value=mp3]")).isDisabled();
        Download loop = page.waitForDownload(() -> page.locator("#save-file").click());
        assertThat(loop.suggestedFilename()).isEqualTo("techno-loop.flac");
    }

    @Test
    void keepsItsSettingsInTheAddress() {
        Page page = open(laptop(), "?prompt=techno&seed=7&guidance=5&seedImageId=none");
        page.locator("#play").click();
        await(page, "riffloom.state === 'playing' && location.search.includes('numInferenceSteps=3')");
        String address = page.url();
        assertThat(address).contains("prompt=techno", "seed=7", "guidance=5", "seedImageId=none");

        page.navigate(address);
        await(page, "riffloom.state === 'idle'");
        assertThat(page.locator("#prompt")).hasValue("techno");
        page.locator("#open-settings").click();
        assertThat(page.locator("#settings [name=guidance]")).hasValue("5");
        assertThat(page.locator("#settings [name=steps]")).hasValue("3");
        assertThat(page.locator("#settings [name=seedImage]:checked")).hasValue("");
    }

    @Test
    void letsTheLineOfPromptsBeChanged() {
        List<String> sent = Collections.synchronizedList(new ArrayList<>());
        // What is asked for does not reach the server, so that it stays in line.
        Page page = open(
                laptop(),
                "",
                fresh -> fresh.routeWebSocket("**/ws/riff", route -> {
                    WebSocketRoute server = route.connectToServer();
                    route.onMessage(frame -> {
                        remember(sent, frame);
                        if (!frame.text().contains("\"type\":\"prompt\"")) {
                            server.send(frame.text());
                        }
                    });
                }));
        type(page, "techno");
        await(page, "riffloom.state === 'playing'");
        for (String prompt : List.of("harp", "organ", "violin")) {
            type(page, prompt);
        }
        assertThat(page.locator("#prompts .waiting .name")).hasText(new String[] {"harp", "organ", "violin"});
        page.getByLabel("“violin” sooner").click();
        assertThat(page.locator("#prompts .waiting .name")).hasText(new String[] {"harp", "violin", "organ"});
        page.getByLabel("Remove “harp”").click();
        assertThat(page.locator("#prompts .waiting .name")).hasText(new String[] {"violin", "organ"});
        awaitFrame(page, sent, "\"prompt\":\"violin\"", "\"replace\":true");
        page.getByLabel("“organ” sooner").click();
        awaitFrame(page, sent, "\"prompt\":\"organ\"", "\"replace\":true");
        page.getByLabel("Remove “organ”").click();
        page.getByLabel("Remove “violin”").click();
        assertThat(page.locator("#prompts .waiting")).hasCount(0);
        awaitFrame(page, sent, "\"prompt\":\"techno\"", "\"replace\":true");
    }

    @Test
    void playsVariationsWhileTheServerIsLate() {
        AtomicBoolean late = new AtomicBoolean();
        List<WebSocketFrame> held = Collections.synchronizedList(new ArrayList<>());
        WebSocketRoute[] socket = new WebSocketRoute[1];
        Page page = open(
                laptop(),
                "",
                fresh -> fresh.routeWebSocket("**/ws/riff", route -> {
                    WebSocketRoute server = route.connectToServer();
                    socket[0] = route;
                    server.onMessage(frame -> {
                        if (frame.text() != null && frame.text().contains("\"index\":1,")) {
                            late.set(true);
                        }
                        if (late.get()) {
                            held.add(frame);
                        } else {
                            pass(route, frame);
                        }
                    });
                }));
        type(page, "techno");
        await(page, "riffloom.scheduled.filter(place => place.index < 0).length >= 2");
        assertThat(page.locator("#state")).containsText("variation");
        assertThat((Boolean) page.evaluate("riffloom.scheduled.some(place => place.index < 0 && !place.gap)"))
                .isTrue();

        late.set(false);
        List.copyOf(held).forEach(frame -> pass(socket[0], frame));
        await(page, "riffloom.scheduled.some(place => place.index === 1)");
        assertThat(page.locator("#state")).hasText("Playing");
        assertThat(page.locator("#prompts .now .name")).hasText("techno");
    }

    private static void pass(WebSocketRoute route, WebSocketFrame frame) {
        if (frame.text() == null) {
            route.send(frame.binary());
        } else {
            route.send(frame.text());
        }
    }
}
