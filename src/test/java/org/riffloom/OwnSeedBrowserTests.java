package org.riffloom;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.FileChooser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.FilePayload;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.riffloom.audio.WaveWriter;
import org.riffloom.audio.Waveform;

/** A listener's own seed image: chosen, recorded, refused, and grown into music. */
class OwnSeedBrowserTests extends BrowserTests {

    private static final String CHOSEN = "#seed-images .card:has(:checked)";
    private static final Pattern ID = Pattern.compile("own-[A-Za-z0-9_-]{22}");
    private static final int RATE = 44_100;

    private static Browser.NewContextOptions phone() {
        return calm().setViewportSize(390, 844).setHasTouch(true);
    }

    /** Three chords, each twice a second: nothing like the seed images that come with the model. */
    private static FilePayload sound() throws IOException {
        float[] samples = new float[6 * RATE];
        for (int i = 0; i < samples.length; i++) {
            double since = i % (RATE / 2) / (double) RATE;
            double root = 220 * Math.pow(2, i / (2 * RATE) * 4 / 12.0);
            for (double part : new double[] {1, 1.5, 2.5, 4}) {
                samples[i] += (float) (0.2 * Math.exp(-3 * since) * Math.sin(2 * Math.PI * root * part * i / RATE));
            }
        }
        ByteArrayOutputStream wav = new ByteArrayOutputStream();
        WaveWriter.write(new Waveform(RATE, new float[][] {samples}), wav);
        return new FilePayload("My chords.wav", "audio/wav", wav.toByteArray());
    }

    private static String chosen(Page page) {
        return String.valueOf(page.evaluate("document.querySelector('#settings [name=seedImage]:checked').value"));
    }

    /** Waits for the file, since a clip is written down after it was sent. */
    private byte[] get(Page page, String path) {
        String address = "http://localhost:" + port + "/" + path;
        page.waitForCondition(() -> page.request().get(address).ok());
        return page.request().get(address).body();
    }

    @Test
    void aSoundThatIsChosenIsWhatTheMusicGrowsOutOf() throws IOException {
        List<String> frames = Collections.synchronizedList(new ArrayList<>());
        List<FileChooser> choosers = Collections.synchronizedList(new ArrayList<>());
        Page page = open(phone(), "?prompt=techno&seed=7&denoising=0.3", fresh -> {
            fresh.onFileChooser(choosers::add);
            fresh.onWebSocket(socket -> socket.onFrameReceived(frame -> remember(frames, frame)));
        });
        page.locator("#open-settings").click();
        // By keyboard alone.
        page.locator("#own-file").focus();
        page.keyboard().press("Enter");
        page.waitForCondition(() -> !choosers.isEmpty());
        choosers.get(0).setFiles(sound());
        assertThat(page.locator(CHOSEN + " .title")).hasText("My chords");
        assertThat(page.locator("#own-status")).hasText("“My chords” is there, and chosen.");
        assertThat(page.locator(CHOSEN + ".drawn")).hasCount(1);
        assertThat(page.locator(CHOSEN + " input")).isFocused();
        String id = chosen(page);
        assertThat(id).matches(ID);
        page.locator(CHOSEN + " .listen").click();
        assertThat(page.locator(CHOSEN + "[data-sound=playing]")).hasCount(1);
        page.locator("#settings [type=submit]").click();

        page.locator("#play").click();
        await(page, "location.search.includes('seedImageId=" + id + "')");
        awaitFrame(page, frames, "\"type\":\"clip\"", "\"index\":0", "\"seedImage\":\"" + id + "\"");
        double[] clip = small(get(page, "clips/" + clipId(frames) + "/picture.png"));
        double[] own = small(get(page, "seed-images/" + id + ".png"));
        double[] other = small(get(page, "seed-images/pulse-8.png"));
        assertThat(correlation(clip, own)).isGreaterThan(0.6).isGreaterThan(correlation(clip, other) + 0.3);

        String address = page.url();
        page.reload();
        await(page, "riffloom.state === 'idle'");
        page.locator("#open-settings").click();
        assertThat(page.locator(CHOSEN + " .title")).hasText("My chords");
        assertThat(chosen(page)).isEqualTo(id);
        assertThat(page.locator(CHOSEN + ".drawn")).hasCount(1);
        context.close();

        // Whoever is sent the address has the picture too, if not its name.
        Page another = open(phone(), address.substring(address.indexOf('?')));
        another.locator("#open-settings").click();
        assertThat(another.locator(CHOSEN + " .title")).hasText("Your own");
        assertThat(chosen(another)).isEqualTo(id);
        assertThat(another.locator(CHOSEN + ".drawn")).hasCount(1);
    }

    private static String clipId(List<String> frames) {
        Matcher id =
                Pattern.compile("\"index\":0,\"id\":\"([A-Za-z0-9_-]{22})\"").matcher(String.join("\n", frames));
        assertThat(id.find()).isTrue();
        return id.group(1);
    }

    /** Mean brightness of places of 8 × 8 pixels. */
    private static double[] small(byte[] png) throws IOException {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
        double[] means = new double[64 * 64];
        for (int i = 0; i < 512 * 512; i++) {
            means[i / 512 / 8 * 64 + i % 512 / 8] += picture.getRGB(i % 512, i / 512) >> 8 & 0xFF;
        }
        return means;
    }

    private static double correlation(double[] a, double[] b) {
        double meanA = Arrays.stream(a).average().orElseThrow();
        double meanB = Arrays.stream(b).average().orElseThrow();
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return ab / Math.sqrt(aa * bb);
    }

    @Test
    void whatDoesNotDoIsRefusedInPlainWords() throws IOException {
        Page page = open(phone(), "");
        page.locator("#open-settings").click();
        String before = chosen(page);
        page.locator("#own-input")
                .setInputFiles(new FilePayload("notes.txt", "text/plain", "no music".getBytes(StandardCharsets.UTF_8)));
        assertThat(page.locator("#own-status.bad")).containsText("WAV, FLAC, MP3, Ogg Vorbis or Ogg Opus");
        forgiveComplaint("status of 415");

        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB), "png", png);
        // As a hand drops it.
        page.evaluate("""
                bytes => {
                  const transfer = new DataTransfer();
                  transfer.items.add(new File([new Uint8Array(bytes)], 'cat.png', { type: 'image/png' }));
                  const target = document.querySelector('#own-seed');
                  for (const type of ['dragover', 'drop']) {
                    target.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
                  }
                }""", toList(png.toByteArray()));
        assertThat(page.locator("#own-status.bad"))
                .containsText("640 × 480 pixels large; a seed image is a spectrogram of 512 × 512");
        forgiveComplaint("status of 422");
        assertThat(chosen(page)).isEqualTo(before);
        assertThat(page.locator("#own-progress")).isHidden();

        // Nobody has allowed it, and a browser without a window asks nobody.
        page.locator("#own-record").click();
        assertThat(page.locator("#own-status.bad")).containsText("microphone");
        assertThat(page.locator("#own-record")).hasText("Record 5 s");
        assertThat(chosen(page)).isEqualTo(before);
    }

    private static List<Integer> toList(byte[] bytes) {
        List<Integer> list = new ArrayList<>();
        for (byte value : bytes) {
            list.add(value & 0xFF);
        }
        return list;
    }

    /** What the server cannot read, but the browser can: sound in WebM. */
    @Test
    void aSoundThatOnlyTheBrowserCanReadIsBroughtAsWell() {
        Page page = open(phone(), "");
        page.locator("#open-settings").click();
        page.evaluate("""
                async () => {
                  const context = new AudioContext();
                  const tone = new OscillatorNode(context, { frequency: 660 });
                  const out = new MediaStreamAudioDestinationNode(context);
                  tone.connect(out);
                  tone.start();
                  const recorder = new MediaRecorder(out.stream, { mimeType: 'audio/webm' });
                  const done = new Promise(resolve => (recorder.ondataavailable = ({ data }) => resolve(data)));
                  recorder.start();
                  await new Promise(resolve => setTimeout(resolve, 2000));
                  recorder.stop();
                  const transfer = new DataTransfer();
                  transfer.items.add(new File([await done], 'tone.webm', { type: 'audio/webm' }));
                  await context.close();
                  const input = document.querySelector('#own-input');
                  input.files = transfer.files;
                  input.dispatchEvent(new Event('change'));
                }""");
        assertThat(page.locator(CHOSEN + " .title")).hasText("tone");
        assertThat(chosen(page)).matches(ID);
        forgiveComplaint("status of 415");
    }

    /** Chromium's own microphone, which beeps. */
    @Test
    void theMicrophoneIsHeardForFiveSecondsAndThenFree() {
        try (Playwright playwright = SystemChromium.playwright();
                Browser talking = SystemChromium.launchFlat(
                        playwright, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")) {
            Browser silent = flatBrowser;
            flatBrowser = talking;
            try {
                Page page = open(phone(), "", OwnSeedBrowserTests::watchMicrophone);
                page.locator("#open-settings").click();
                Locator button = page.locator("#own-record");
                button.focus();
                page.keyboard().press("Enter");
                assertThat(button).hasText("Stop");
                assertThat(page.locator("#own-status")).containsText("Recording, ");
                assertThat(page.locator(CHOSEN + " .title")).hasText("Recording 1");
                assertThat(chosen(page)).matches(ID);
                assertThat(button).hasText("Record 5 s");
                await(page, "microphones.length === 1 && microphones.every(track => track.readyState === 'ended')");

                String before = chosen(page);
                button.click();
                assertThat(button).hasText("Stop");
                button.click();
                assertThat(page.locator("#own-status")).hasText("Nothing was recorded.");
                await(page, "microphones.length === 2 && microphones.every(track => track.readyState === 'ended')");
                assertThat(chosen(page)).isEqualTo(before);
                context.close();
            } finally {
                flatBrowser = silent;
            }
        }
    }

    private static void watchMicrophone(Page page) {
        page.addInitScript("""
                window.microphones = [];
                const media = navigator.mediaDevices;
                const give = media.getUserMedia.bind(media);
                media.getUserMedia = async wish => {
                  const stream = await give(wish);
                  microphones.push(...stream.getTracks());
                  return stream;
                };""");
    }
}
