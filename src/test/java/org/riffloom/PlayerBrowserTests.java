package org.riffloom;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.riffloom.audio.SoundReader;

/** What a listener does with a riff that plays: saves it, changes what comes, and waits for a server that is late. */
class PlayerBrowserTests extends BrowserTests {

    private static final int CLIP = 512 * 441;

    @Test
    void savesWhatWasHeardAsAFileNamedAfterThePrompt(@TempDir Path folder) throws IOException {
        Page page = open(calm(), "?prompt=techno&seed=7");
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
        Page page = open(calm(), "?prompt=techno&seed=7&guidance=5&seedImageId=none");
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
        // Its clips know of no wish, so that all of them stay in line.
        ClipFeed feed = new ClipFeed(2, 1.28, index -> ClipFeed.noise(0, 1.28));
        Page page = open(calm(), "", feed::routeFor);
        type(page, "jazz piano");
        await(page, "riffloom.state === 'playing'");
        page.locator("#play").click();
        for (String prompt : List.of("harp", "organ", "violin")) {
            type(page, prompt);
        }
        assertThat(page.locator("#prompts .waiting .name")).hasText(new String[] {"harp", "organ", "violin"});
        page.getByLabel("“violin” sooner").click();
        assertThat(page.locator("#prompts .waiting .name")).hasText(new String[] {"harp", "violin", "organ"});
        page.getByLabel("Remove “harp”").click();
        assertThat(page.locator("#prompts .waiting .name")).hasText(new String[] {"violin", "organ"});
        awaitFrame(page, feed.received(), "\"prompt\":\"violin\"", "\"replace\":true");
        page.getByLabel("“organ” sooner").click();
        awaitFrame(page, feed.received(), "\"prompt\":\"organ\"", "\"replace\":true");
        page.getByLabel("Remove “organ”").click();
        page.getByLabel("Remove “violin”").click();
        assertThat(page.locator("#prompts .waiting")).hasCount(0);
        awaitFrame(page, feed.received(), "\"prompt\":\"jazz piano\"", "\"replace\":true");
    }

    @Test
    void playsVariationsWhileTheServerIsLate() {
        ClipFeed feed = new ClipFeed(4, 1.28, index -> ClipFeed.noise(index, 1.28));
        feed.hold(2);
        Page page = open(calm(), "", feed::routeFor);
        type(page, "jazz piano");
        await(page, "riffloom.scheduled.filter(place => place.index < 0).length >= 2");
        await(page, "document.querySelector('#state').textContent.includes('variation')");
        assertThat((Boolean) page.evaluate("riffloom.scheduled.some(place => place.index < 0 && !place.gap)"))
                .isTrue();

        feed.release();
        await(page, "riffloom.scheduled.some(place => place.index === 2)");
        assertThat(page.locator("#state")).hasText("Playing");
        assertThat(page.locator("#prompts .now .name")).hasText("jazz piano");
    }
}
