package org.riffloom;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.WebSocketRoute;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * The whole application in a real browser: server, embedded model, sound and picture.
 */
class PageBrowserTests extends BrowserTests {

    private static final double HALF_A_SAMPLE = 0.5 / 44_100;

    @Test
    void playsWithoutGapsAndMovesToTheNextPrompt() throws IOException {
        // While the page pauses, the server is not told: so clips gather however slowly they are made.
        Page page = open(lively(), "", PageBrowserTests::keepPauses);
        type(page, "jazz piano");
        page.locator("#play").click();
        await(page, "riffloom.scheduled.length >= 4 && riffloom.state === 'paused'");
        List<?> gathered = (List<?>) page.evaluate("riffloom.scheduled.slice(1).map(clip => clip.gap)");
        assertThat(gathered).allMatch(Boolean.FALSE::equals);
        clipsMeet(page);

        page.locator("#play").click();
        await(page, "riffloom.state === 'playing'");
        assertThat(page).hasTitle("jazz piano · Riffloom");
        await(page, "location.search.includes('prompt=jazz+piano')");
        type(page, "church bells");
        assertThat(page.locator("#prompts .waiting .name")).hasText("church bells");
        BufferedImage before = landscape(page);
        double started = time(page);
        await(page, "riffloom.time > " + (started + 2));
        assertThat(changed(before, landscape(page))).isGreaterThan(0.01);

        await(page, "Number(document.querySelector('.coming meter')?.value) >= 0.5");
        screenshotIfAsked(page);
        await(page, "riffloom.nowPrompt === 'church bells'");
        assertThat(page.locator("#prompts .now .name")).hasText("church bells");
        assertThat(page.locator("#prompts .past .name")).hasText("jazz piano");
        clipsMeet(page);

        pausesAndResumes(page);
    }

    @Test
    void goesOnAfterTheConnectionWasLost() {
        AtomicReference<WebSocketRoute> socket = new AtomicReference<>();
        Page page = open(
                calm(),
                "?prompt=techno&seed=7",
                fresh -> fresh.routeWebSocket("**/ws/riff", route -> {
                    route.connectToServer();
                    socket.set(route);
                }));
        assertThat(page.locator("#prompt")).hasValue("techno");
        page.locator("#play").click();
        await(page, "riffloom.state === 'playing'");
        int clips = count(page);

        WebSocketRoute first = socket.get();
        first.close();
        await(page, "riffloom.state === 'lost'");
        await(page, "riffloom.scheduled.length > " + clips + " && riffloom.state === 'playing'");
        assertThat(socket.get()).isNotSameAs(first);
        assertThat(page.evaluate("riffloom.nowPrompt")).isEqualTo("techno");
    }

    @Test
    void fitsAPhone() {
        Page page = open(
                new Browser.NewContextOptions()
                        .setViewportSize(390, 844)
                        .setIsMobile(true)
                        .setHasTouch(true),
                "");
        page.locator(".chip").first().tap();
        await(page, "riffloom.state === 'playing'");
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isTrue();
        for (String control : List.of("#play", "#prompt", "#dice", "#share", "#open-settings")) {
            var box = page.locator(control).boundingBox();
            assertThat(box.height).as(control).isGreaterThanOrEqualTo(44);
            assertThat(box.x).as(control).isNotNegative();
            assertThat(box.x + box.width).as(control).isLessThanOrEqualTo(390);
            assertThat(box.y + box.height).as(control).isLessThanOrEqualTo(844);
        }
        page.locator("#open-settings").tap();
        for (String control : List.of(".card", ".listen", "#settings [type=submit]")) {
            for (Locator each : page.locator(control).all()) {
                var box = each.boundingBox();
                assertThat(Math.min(box.width, box.height)).as(control).isGreaterThanOrEqualTo(44);
                assertThat(box.x).as(control).isNotNegative();
                assertThat(box.x + box.width).as(control).isLessThanOrEqualTo(390);
            }
        }
    }

    @Test
    void worksByKeyboardAndWithLessMotion() {
        Page page = open(calm(), "");
        Locator prompt = page.locator("#prompt");
        prompt.blur();
        page.keyboard().press("/");
        assertThat(prompt).isFocused();
        page.keyboard().type("violin");
        page.keyboard().press("Enter");
        await(page, "riffloom.state === 'playing'");

        prompt.blur();
        page.keyboard().press("Space");
        await(page, "riffloom.state === 'paused'");
        assertThat(page.locator("#state")).hasText("Paused");
        page.keyboard().press("Space");
        await(page, "riffloom.state === 'playing'");
    }

    @Test
    void letsASeedImageBeHeardAndChosenByKeyboard() {
        List<String> sent = Collections.synchronizedList(new ArrayList<>());
        List<String> received = Collections.synchronizedList(new ArrayList<>());
        Page page = open(
                calm(),
                "",
                fresh -> fresh.onWebSocket(socket -> {
                    socket.onFrameSent(frame -> remember(sent, frame));
                    socket.onFrameReceived(frame -> remember(received, frame));
                }));
        openSettingsByKeyboard(page);
        List<?> ids = (List<?>) page.locator(".card input").evaluateAll("radios => radios.map(radio => radio.value)");
        assertThat(ids).hasSizeGreaterThan(4).doesNotHaveDuplicates();
        assertThat(ids.get(ids.size() - 1)).isEqualTo("");
        await(page, "document.querySelectorAll('.card.drawn').length === " + ids.size());
        listensOnce(page);
        page.keyboard().press("Escape");

        openSettingsByKeyboard(page);
        String before = chosen(page);
        page.keyboard().press("ArrowRight");
        String chosen = chosen(page);
        assertThat(chosen).isNotEmpty().isNotEqualTo(before);
        page.keyboard().press("Enter");
        assertThat(page.locator("#settings")).isHidden();
        type(page, "flute");
        awaitFrame(page, sent, "\"start\"", "\"seedImage\":\"" + chosen + "\"");
        awaitFrame(page, received, "\"clip\"", "\"seedImage\":\"" + chosen + "\"");

        openSettingsByKeyboard(page);
        while (!chosen(page).isEmpty()) {
            page.keyboard().press("ArrowRight");
        }
        assertThat(page.locator("#settings [name=denoising]")).isDisabled();
        page.keyboard().press("Enter");
        awaitFrame(page, sent, "\"settings\"", "\"seedImage\":null");
        awaitFrame(page, received, "\"clip\"", "\"seedImage\":null");
    }

    @Test
    void takesALinkBackThatWasShared() {
        Page page = open(calm().setPermissions(List.of("clipboard-read", "clipboard-write")), "?prompt=techno&seed=7");
        page.locator("#play").click();
        await(page, "riffloom.state === 'playing' && !document.querySelector('#share').disabled");
        page.locator("#share").click();
        page.locator("#make-link").click();
        await(page, "document.querySelector('#link').value.length > 0");
        String link = page.locator("#link").inputValue();
        assertThat(page.locator("#sharing-status")).hasText("The link is in your clipboard.");
        assertThat(page.evaluate("navigator.clipboard.readText()")).isEqualTo(link);
        page.keyboard().press("Escape");
        assertThat(page.locator("#sharing")).isHidden();

        try (BrowserContext stranger = newContext(calm())) {
            Page opened = stranger.newPage();
            opened.navigate(link);
            assertThat(opened).hasTitle("techno · Riffloom");
            assertThat(opened.locator(".owner")).isHidden();
        }
        page.navigate(link);
        page.locator(".owner button").click();
        await(page, "document.querySelector('.owner [role=status]').textContent.length > 0");
        assertThat(context.request().get(link).status()).isEqualTo(404);
    }

    @Test
    void offersNoSeedImagesWhereTheModelHasNone() {
        List<String> sent = Collections.synchronizedList(new ArrayList<>());
        Page page = open(
                calm(),
                "",
                fresh -> fresh.routeWebSocket("**/ws/riff", route -> {
                    WebSocketRoute server = route.connectToServer();
                    route.onMessage(frame -> {
                        sent.add(frame.text());
                        server.send(frame.text());
                    });
                    server.onMessage(frame -> {
                        if (frame.text() == null) {
                            route.send(frame.binary());
                        } else {
                            route.send(frame.text().replaceFirst("\"seedImages\":\\[.*?]", "\"seedImages\":[]"));
                        }
                    });
                }));
        page.locator("#open-settings").click();
        assertThat(page.locator("#settings [name=steps]")).isVisible();
        // A listener's own, or none, remains a choice.
        assertThat(page.locator(".card .title")).hasText(new String[] {"None"});
        assertThat(page.locator(".card input:checked")).hasCount(0);
        assertThat(page.locator("#own-file")).isVisible();
        page.locator("#settings [type=submit]").click();
        type(page, "flute");
        // The model's own default stays.
        awaitFrame(page, sent, "\"start\"", "\"seedImage\":\"");
    }

    private static void openSettingsByKeyboard(Page page) {
        page.locator("#open-settings").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator(".card input:checked")).isFocused();
    }

    private static String chosen(Page page) {
        return page.locator(".card input:checked").inputValue();
    }

    /** Steps are noted as they happen, because a slow machine may look for the one that lasts five seconds too late. */
    private static void listensOnce(Page page) {
        page.evaluate(
                "window.events = []; for (const kind of ['keydown', 'click', 'submit', 'cancel', 'close', 'blur'])"
                        + " addEventListener(kind, event => events.push(kind + ' ' + (event.key ?? '') + ' '"
                        + " + (event.target?.outerHTML ?? '').slice(0, 40)), true)");
        page.evaluate("window.heard = []; new MutationObserver(() => heard.push("
                + "document.querySelector('.card[data-sound]')?.dataset.sound ?? 'over'))"
                + ".observe(document.querySelector('.cards'), {subtree: true, attributeFilter: ['data-sound']})");
        String id = chosen(page);
        page.keyboard().press("Tab");
        assertThat(page.locator(".card:has(:checked) .listen")).isFocused();
        Response sound = page.waitForResponse(
                "**/seed-images/*.wav", () -> page.keyboard().press("Enter"));
        assertThat(sound.url()).endsWith("/seed-images/" + id + ".wav");
        assertThat(sound.status()).isEqualTo(200);
        assertThat(sound.headerValue("Content-Type")).isEqualTo("audio/wav");
        await(page, "heard.at(-1) === 'over'");
        assertThat(page.evaluate("heard"))
                .as(() -> "events: " + page.evaluate("events"))
                .isEqualTo(List.of("loading", "playing", "over"));
        assertThat(page.locator("#settings")).isVisible();
    }

    private static void keepPauses(Page page) {
        page.routeWebSocket("**/ws/riff", route -> {
            WebSocketRoute server = route.connectToServer();
            route.onMessage(frame -> {
                if (!frame.text().contains("\"pause\"")) {
                    server.send(frame.text());
                }
            });
        });
    }

    /** Each clip begins where the one before ends, or, after a pause of the server, later; never earlier. */
    private static void clipsMeet(Page page) {
        List<?> clips = (List<?>) page.evaluate("riffloom.scheduled");
        for (int i = 1; i < clips.size(); i++) {
            double end = number(clips.get(i - 1), "startTime") + number(clips.get(i - 1), "duration");
            double start = number(clips.get(i), "startTime");
            if (Boolean.TRUE.equals(((Map<?, ?>) clips.get(i)).get("gap"))) {
                assertThat(start).isGreaterThan(end);
            } else {
                assertThat(start).isCloseTo(end, within(HALF_A_SAMPLE));
            }
        }
    }

    private static void pausesAndResumes(Page page) {
        page.locator("#play").click();
        await(page, "riffloom.state === 'paused'");
        // The sound fades for a moment before the clock stops.
        page.waitForTimeout(500);
        double stopped = time(page);
        page.waitForTimeout(1_000);
        assertThat(time(page)).isEqualTo(stopped);

        page.locator("#play").click();
        await(page, "riffloom.time > " + (stopped + 1));
    }

    /**
     * The sound fades for a moment before the clock stops; a clip that was begun still arrives, and its picture with it;
     * and at rest all is drawn once more, finer. A slow machine takes seconds for each of these.
     */
    private static void awaitStillness(Page page) throws IOException {
        BufferedImage still = landscape(page);
        int same = 0;
        for (int look = 0; same < 3 && look < 60; look++) {
            page.waitForTimeout(2_000);
            BufferedImage now = landscape(page);
            same = changed(still, now) > 0 ? 0 : same + 1;
            still = now;
        }
        assertThat(same).as("looks at the paused page that were all alike").isEqualTo(3);
    }

    /** The share of pixels that differ visibly. */
    private static double changed(BufferedImage before, BufferedImage after) {
        int changed = 0;
        for (int y = 0; y < before.getHeight(); y++) {
            for (int x = 0; x < before.getWidth(); x++) {
                int a = before.getRGB(x, y);
                int b = after.getRGB(x, y);
                int difference = 0;
                for (int shift = 0; shift <= 16; shift += 8) {
                    difference = Math.max(difference, Math.abs((a >> shift & 0xff) - (b >> shift & 0xff)));
                }
                changed += difference > 16 ? 1 : 0;
            }
        }
        return (double) changed / (before.getWidth() * before.getHeight());
    }

    private static void screenshotIfAsked(Page page) throws IOException {
        if (SCREENSHOT != null) {
            page.locator("#play").click();
            await(page, "riffloom.state === 'paused'");
            awaitStillness(page);
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(SCREENSHOT)));
            page.locator("#play").click();
        }
    }
}
