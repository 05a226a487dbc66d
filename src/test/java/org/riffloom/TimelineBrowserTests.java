package org.riffloom;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ReducedMotion;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.riffloom.audio.SoundReader;

/**
 * The timeline in a real browser: back through what was heard and forward again, in every view, and wherever the graphics
 * card goes.
 */
class TimelineBrowserTests extends BrowserTests {

    private static final int RATE = ClipFeed.RATE;

    /** The music is faded in for so long after a jump. */
    private static final int FADE_FRAMES = RATE / 20;

    /** Clips that the page keeps as they came. */
    private static final int KEPT = 24;

    private static final double ONE_STEP_OF_16_BITS = 1.0 / 32_768;

    /** What is before and after a jump: where the first clip after it lies, and the one that it was at first. */
    private static final String JUMP = """
            () => {
              const log = riffloom.scheduled;
              const at = log.findLastIndex(place => place.gap);
              const again = log[at];
              const first = log.slice(0, at).find(place =>
                place.tapeTime <= again.tapeTime && again.tapeTime < place.tapeTime + place.duration);
              return { again: again.startTime, first: first.startTime + again.tapeTime - first.tapeTime,
                tapeTime: again.tapeTime };
            }
            """;

    /** In each of 60 frames: for each click in view, how far it is from where it would be by the recorded sound. */
    private static final String PLAYHEAD_ERRORS = """
            async () => {
              const clicksInView = () => {
                const line = document.querySelector('.playhead').getBoundingClientRect();
                const found = [];
                for (const canvas of document.querySelectorAll('.window:last-child canvas')) {
                  const box = canvas.getBoundingClientRect();
                  const wide = box.width / canvas.width;
                  const row = canvas.getContext('2d').getImageData(0, 256, canvas.width - 1, 1).data;
                  for (let x = 0; x < canvas.width - 1; x++) {
                    const ahead = (box.left + (x + 0.5) * wide - line.left - line.width / 2) / wide / 100;
                    if (row[4 * x + 3] > 200 && Math.abs(ahead) < 1) found.push(ahead);
                  }
                }
                return found;
              };
              const frames = [];
              while (frames.length < 60) {
                const stamp = await new Promise(requestAnimationFrame);
                // After every callback of this frame.
                await new Promise(done => setTimeout(done));
                const { contextTime, performanceTime } = recorder.context.getOutputTimestamp();
                frames.push({ audible: contextTime + (stamp - performanceTime) / 1000, clicks: clicksInView() });
              }
              await new Promise(done => setTimeout(done, 1500));
              const sounds = recorder.above(0.5).map(frame => frame / 44100);
              return frames.flatMap(({ audible, clicks }) => clicks.map(ahead => Math.min(
                ...sounds.map(sound => Math.abs(ahead - (sound - audible))))));
            }
            """;

    /** In seconds. */
    private static final double MOST_PLAYHEAD_ERROR = 0.02;

    private static final int STRETCHES = 6;

    private static final String SCHEDULED = "JSON.stringify(riffloom.scheduled)";

    private static final String LAST_GAP = "riffloom.scheduled.findLast(place => place.gap)";

    /** Of a stretch that is compared: over two joins, from the middle of a clip. */
    private static final double COMPARED_SECONDS = 2.5;

    private static final int COMPARED = (int) Math.round(COMPARED_SECONDS * RATE);

    private static Browser.NewContextOptions laptop() {
        return lively().setBypassCSP(true);
    }

    private Page listen(Browser.NewContextOptions options, ClipFeed feed) {
        return listen(options, feed, "landscape");
    }

    private Page listen(Browser.NewContextOptions options, ClipFeed feed, String view) {
        Page page = open(options, "", fresh -> {
            feed.routeFor(fresh);
            SoundRecorder.listenTo(fresh);
            fresh.addInitScript("if (!localStorage.getItem('riffloom.view')) localStorage.setItem('riffloom.view', '"
                    + view + "')");
        });
        type(page, "jazz piano");
        return page;
    }

    private static double position(Page page) {
        return ((Number) page.evaluate("riffloom.position")).doubleValue();
    }

    /** Goes back until the music plays on from before a moment; how many steps that takes is a busy machine's choice. */
    private static void stepBackBefore(Page page, double seconds) {
        double before = ((Number) page.evaluate(LAST_GAP + "?.startTime ?? -1")).doubleValue();
        do {
            page.keyboard().press("ArrowLeft");
            await(page, "!riffloom.live");
        } while (position(page) >= seconds);
        await(page, LAST_GAP + "?.startTime > " + before + " && " + LAST_GAP + ".tapeTime < " + seconds);
    }

    private static long frame(Map<?, ?> jump, String name) {
        return Math.round(number(jump, name) * RATE);
    }

    @Test
    @Timeout(240)
    void playsTheSameSamplesOnceMoreAndGoesOverIntoWhatComes() {
        double seconds = 1.28;
        ClipFeed feed = new ClipFeed(6, seconds, index -> ClipFeed.noise(index, seconds));
        Page page = listen(laptop(), feed, "flat");
        await(page, "recorder.begun");
        double begun = position(page);
        await(page, "riffloom.position > " + (begun + 12));
        double left = ((Number) page.evaluate("Number(document.querySelector('#visit-bar').max)")).doubleValue();

        long first;
        long again;
        do {
            await(page, "riffloom.position > " + (begun + 9));
            stepBackBefore(page, begun + 7);
            Map<?, ?> jump = (Map<?, ?>) page.evaluate(JUMP);
            assertThat(number(jump, "tapeTime")).isBetween(begun, left - 4);
            first = frame(jump, "first") + FADE_FRAMES;
            again = frame(jump, "again") + FADE_FRAMES;
            await(page, "riffloom.time > " + (number(jump, "again") + COMPARED_SECONDS + 1));
            // A busy machine may leave frames out of the recording.
        } while (!SoundRecorder.has(page, first, COMPARED) || !SoundRecorder.has(page, again, COMPARED));
        assertThat(SoundRecorder.difference(page, first, again, COMPARED))
                .as("frames from %d and from %d on; scheduled: %s", first, again, page.evaluate(SCHEDULED))
                .isLessThan(ONE_STEP_OF_16_BITS);

        await(page, "riffloom.live && riffloom.position > " + (left + 2));
        List<?> gaps = (List<?>) page.evaluate("riffloom.scheduled.filter(place => place.gap)");
        assertThat(gaps).isNotEmpty();
        List<Integer> played = feed.playedReports();
        assertThat(played).isEqualTo(IntStream.range(0, played.size()).boxed().toList());
    }

    @Test
    void fetchesAgainWhatItNoLongerHasAndLeavesOutWhatTheServerHasForgotten() {
        double seconds = 0.64;
        ClipFeed feed = new ClipFeed(8, seconds, index -> ClipFeed.noise(index, seconds));
        feed.forget(index -> index == 2);
        Page page = listen(calm().setBypassCSP(true), feed, "flat");
        await(page, "riffloom.position > " + (KEPT + 8) * seconds);
        double left = position(page);
        assertThat(feed.fetched()).isEmpty();

        page.locator("#visit-bar").focus();
        page.keyboard().press("Home");
        await(page, "!riffloom.live && riffloom.position > " + 4 * seconds + " && riffloom.position < " + left);
        assertThat(feed.fetched()).contains(0, 1, 2, 3);
        assertThat(page.locator("#error")).containsText("forgotten");
        forgiveComplaint("404");
        // Clip 3 begins where clip 1 ends.
        List<?> again = (List<?>) page.evaluate("riffloom.scheduled.slice(riffloom.scheduled.findLastIndex("
                + "place => place.gap)).map(place => place.index)");
        assertThat(again.subList(0, 4)).isEqualTo(List.of(0, 1, 3, 4));
        page.keyboard().press("End");
        await(page, "riffloom.live");
        assertThat(position(page)).isBetween(left, left + 30);
    }

    @Test
    void theServerHasClipsAsTheyWereSent() throws IOException {
        List<String> received = Collections.synchronizedList(new ArrayList<>());
        List<byte[]> binary = Collections.synchronizedList(new ArrayList<>());
        Page page = open(
                calm(),
                "?prompt=techno&seed=7",
                fresh -> fresh.onWebSocket(socket -> socket.onFrameReceived(frame -> {
                    remember(received, frame);
                    if (frame.text() == null) {
                        binary.add(frame.binary());
                    }
                })));
        page.locator("#play").click();
        await(page, "riffloom.state === 'playing'");
        awaitFrame(page, received, "\"clip\"");
        page.waitForCondition(() -> binary.size() >= 2, new Page.WaitForConditionOptions().setTimeout(PATIENCE_MS));
        await(page, "riffloom.position > 0.5");
        String id = received.stream()
                .filter(text -> text.contains("\"type\":\"clip\""))
                .findFirst()
                .orElseThrow()
                .replaceFirst(".*\"id\":\"([^\"]+)\".*", "$1");
        String clip = "http://localhost:" + port + "/clips/" + id;
        assertThat(samples(context.request().get(clip + "/sound.wav").body())).isEqualTo(samples(binary.get(0)));
        assertThat(context.request().get(clip + "/picture.png").body()).isEqualTo(binary.get(1));
    }

    private static float[] samples(byte[] wav) throws IOException {
        return SoundReader.read(new ByteArrayInputStream(wav), "wav", 1 << 20).channels()[0];
    }

    @Test
    void isPulledByHandAndGoesBackToTheMomentThatWasLeft() {
        ClipFeed feed = new ClipFeed(6, 1.28, index -> ClipFeed.noise(index, 1.28));
        Page page = listen(laptop(), feed);
        await(page, "riffloom.position > 3");
        double x = 0.55 * page.viewportSize().width;
        double y = 0.6 * page.viewportSize().height;
        page.mouse().move(x, y);
        page.mouse().down();
        // Away from the listener: back in time.
        page.mouse().move(x + 2, y - 20);
        page.mouse().move(x + 10, y - 150);
        double held = position(page);
        double left = ((Number) page.evaluate("Number(document.querySelector('#visit-bar').max)")).doubleValue();
        assertThat(held).isLessThan(left - 0.5);
        page.waitForTimeout(700);
        assertThat(position(page)).isEqualTo(held);
        assertThat(page.locator("#to-live")).hasText("Back to live");
        page.mouse().up();
        await(page, "riffloom.position > " + (held + 0.2));

        page.locator("#visit-bar").fill("1");
        await(page, "!riffloom.live && riffloom.position > 1.2");
        double furthest = ((Number) page.evaluate("Number(document.querySelector('#visit-bar').max)")).doubleValue();
        page.locator("#to-live").click();
        await(page, "riffloom.live");
        assertThat(position(page)).isGreaterThanOrEqualTo(furthest - 0.01);
        assertThat(page.locator("#to-live")).hasText("Live");
    }

    @Test
    void isPulledByAFingerOnAPhoneAndPauses() {
        ClipFeed feed = new ClipFeed(6, 1.28, index -> ClipFeed.noise(index, 1.28));
        Page page = listen(
                new Browser.NewContextOptions()
                        .setViewportSize(390, 844)
                        .setIsMobile(true)
                        .setHasTouch(true)
                        .setBypassCSP(true),
                feed);
        await(page, "riffloom.position > 3");
        page.locator("#play").tap();
        await(page, "riffloom.state === 'paused'");
        double left = position(page);
        CDPSession session = context.newCDPSession(page);
        touch(session, "touchStart", 200, 450);
        touch(session, "touchMove", 200, 430);
        touch(session, "touchMove", 200, 300);
        touch(session, "touchEnd");
        double held = position(page);
        assertThat(held).isLessThan(left - 0.5);
        page.waitForTimeout(500);
        assertThat(position(page)).isEqualTo(held);
        page.locator("#play").tap();
        await(page, "riffloom.position > " + (held + 0.2));
        for (String control :
                List.of("#visit-bar", "#to-live", "button[data-view=landscape]", "button[data-view=flat]")) {
            BoundingBox box = page.locator(control).boundingBox();
            assertThat(box.x).as(control).isNotNegative();
            assertThat(box.x + box.width).as(control).isLessThanOrEqualTo(390);
        }
        assertThat(page.locator("button[data-view=flat]").boundingBox().height).isGreaterThanOrEqualTo(44);
    }

    private static void touch(CDPSession session, String type, int... place) {
        JsonObject event = new JsonObject();
        JsonArray points = new JsonArray();
        if (place.length > 0) {
            JsonObject point = new JsonObject();
            point.addProperty("x", place[0]);
            point.addProperty("y", place[1]);
            points.add(point);
        }
        event.addProperty("type", type);
        event.add("touchPoints", points);
        session.send("Input.dispatchTouchEvent", event);
    }

    @Test
    void changesAndRemembersTheViewAndLeavesOnlyTheMusicInFullScreen() {
        ClipFeed feed = new ClipFeed(6, 1.28, index -> ClipFeed.noise(index, 1.28));
        Page page = listen(laptop(), feed);
        await(page, "riffloom.position > 1");
        assertThat(page.locator("#timeline canvas").first()).isVisible();
        page.evaluate("document.activeElement.blur()");
        page.keyboard().press("v");
        await(page, "document.body.dataset.view === 'flat'");
        assertThat(page.locator(".playhead")).isVisible();
        assertThat(page.locator("button[data-view=flat]")).hasAttribute("aria-pressed", "true");
        assertThat(page.locator(".tick")).hasText(new String[] {"100 Hz", "1 kHz", "5 kHz"});

        page.keyboard().press("f");
        await(page, "document.fullscreenElement !== null && document.body.dataset.idle === 'true'");
        await(page, "getComputedStyle(document.querySelector('main')).opacity === '0'");
        page.keyboard().press("Shift");
        await(page, "getComputedStyle(document.querySelector('main')).opacity === '1'");
        page.keyboard().press("f");
        await(page, "document.fullscreenElement === null");

        page.keyboard().press("?");
        assertThat(page.locator("#keys")).isVisible();
        page.keyboard().press("Escape");
        page.reload();
        await(page, "riffloom.state === 'idle' && document.body.dataset.view === 'flat'");
    }

    @Test
    void followsTheWishForLessMotion() {
        ClipFeed feed = new ClipFeed(6, 1.28, index -> ClipFeed.noise(index, 1.28));
        Page page = listen(laptop(), feed);
        await(page, "document.body.dataset.view === 'landscape' && riffloom.position > 1");
        page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
        await(page, "document.body.dataset.view === 'flat'");
        // The picture stands, and the playhead walks.
        String strip = "document.querySelector('.window:last-child .strip').style.transform";
        Object stands = page.evaluate(strip);
        double x = page.locator(".playhead").boundingBox().x;
        double time = position(page);
        await(page, "riffloom.position > " + (time + 1));
        assertThat(page.evaluate(strip)).isEqualTo(stands);
        assertThat(page.locator(".playhead").boundingBox().x).isGreaterThan(x + 0.04 * page.viewportSize().width);
        page.locator("button[data-view=landscape]").click();
        await(page, "document.body.dataset.view === 'landscape'");
        page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.NO_PREFERENCE));
        await(page, "document.body.dataset.view === 'landscape'");
    }

    @Test
    void showsTheFlatPictureUntilTheGraphicsCardIsBack() throws IOException {
        // One ridge in each, which seldom hides the playhead.
        byte[] ridge = ClipFeed.png(128, column -> column < 4);
        ClipFeed feed = new ClipFeed(
                6, 1.28, index -> new ClipFeed.Media(ClipFeed.noise(index, 1.28).wav(), ridge));
        Page page = listen(laptop(), feed);
        await(page, "document.body.dataset.view === 'landscape' && riffloom.position > 1");
        page.evaluate("() => { window.card = document.querySelector('#timeline canvas').getContext('webgl2')"
                + ".getExtension('WEBGL_lose_context'); card.loseContext(); }");
        await(page, "document.body.dataset.view === 'flat'");
        assertThat(page.locator("#timeline canvas").first()).isHidden();
        await(page, brightColumns() + " > 0");
        double time = position(page);
        await(page, "riffloom.position > " + (time + 1));

        page.evaluate("card.restoreContext()");
        await(page, "document.body.dataset.view === 'landscape'");
        assertThat(page.locator("#timeline canvas").first()).isVisible();
        time = position(page);
        await(page, "riffloom.position > " + (time + 1));
        int looks = 0;
        while (!showsPlayhead(landscape(page))) {
            assertThat(++looks).as("looks without a playhead").isLessThan(5);
        }
    }

    /** Columns of the flat picture in which there is music. */
    private static String brightColumns() {
        return "[...document.querySelectorAll('.window:last-child canvas')].reduce((sum, canvas) => sum + [...canvas"
                + ".getContext('2d').getImageData(0, 256, 256, 1).data].filter((value, i) => i % 4 === 3 && value > 200)"
                + ".length, 0)";
    }

    /** Whether pixels are as red as the playhead, as many as the picture is wide. */
    private static boolean showsPlayhead(BufferedImage picture) {
        int red = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                Color colour = new Color(picture.getRGB(x, y));
                red += colour.getRed() > 200 && colour.getGreen() < 130 && colour.getBlue() < 150 ? 1 : 0;
            }
        }
        return red > picture.getWidth();
    }

    @Test
    void isFlatWhereNoLandscapeCanBeDrawn() {
        ClipFeed feed = new ClipFeed(6, 1.28, index -> ClipFeed.noise(index, 1.28));
        Page page = open(laptop(), "", fresh -> {
            feed.routeFor(fresh);
            fresh.addInitScript("const get = HTMLCanvasElement.prototype.getContext;"
                    + "HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {"
                    + " return kind.startsWith('webgl') ? null : get.call(this, kind, ...rest); }");
        });
        type(page, "jazz piano");
        await(page, "document.body.dataset.view === 'flat' && riffloom.position > 1");
        assertThat(page.locator("button[data-view=landscape]")).isDisabled();
        await(page, brightColumns() + " > 0");
    }

    /**
     * A click every 0.64 s, in sound and in picture. In each frame that the page has drawn, a click of the picture must be
     * as far from the playhead as the same click of the recorded sound is from what leaves the loudspeakers then. Where
     * the processors are so busy that the sound itself stumbles, there is no such moment, so one stretch of several must
     * be in order.
     */
    @Test
    void theStandOfThePlayheadIsTheSoundThatIsHeard() {
        double seconds = 5.12;
        double imageOffset = 0.055;
        float[] samples = new float[(int) Math.round(seconds * RATE)];
        for (int column = 30; column < 512; column += 64) {
            samples[(int) Math.round((imageOffset + column / 100.0) * RATE)] = 0.8f;
        }
        ClipFeed.Media clicks =
                new ClipFeed.Media(ClipFeed.wav(samples), ClipFeed.png(512, column -> column % 64 == 30));
        Page page = open(laptop(), "", fresh -> {
            new ClipFeed(4, seconds, index -> clicks).routeFor(fresh);
            SoundRecorder.listenTo(fresh);
            fresh.addInitScript("localStorage.setItem('riffloom.view', 'flat')");
        });
        type(page, "jazz piano");
        await(page, "riffloom.position > 3");
        assertThat(IntStream.range(0, STRETCHES)
                        .mapToDouble(stretch -> playheadError(page))
                        .filter(error -> error <= MOST_PLAYHEAD_ERROR)
                        .findFirst())
                .isPresent();
    }

    /** How far the playhead is from the sound in 95 of 100 cases of a second or more, in seconds. */
    private static double playheadError(Page page) {
        List<?> errors = (List<?>) page.evaluate(PLAYHEAD_ERRORS);
        List<Double> sorted = errors.stream()
                .map(error -> ((Number) error).doubleValue())
                .sorted()
                .toList();
        assertThat(sorted).hasSizeGreaterThan(60);
        System.out.printf(
                Locale.ROOT,
                "Clicks and playhead: %d pairs, median %.1f ms, 95 %% within %.1f ms, all within %.1f ms%n",
                sorted.size(),
                1000 * sorted.get(sorted.size() / 2),
                1000 * sorted.get(sorted.size() * 95 / 100),
                1000 * sorted.get(sorted.size() - 1));
        return sorted.get(sorted.size() * 95 / 100);
    }
}
