package org.riffloom;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * Whether everybody can use the page: each of its states at each size of window, and all of it by keyboard alone. Pictures
 * of the states lie in {@code target/screenshots} afterwards.
 */
class AccessibilityBrowserTests extends BrowserTests {

    private record Size(String name, int width, int height) {}

    private static final List<Size> SIZES =
            List.of(new Size("phone", 390, 844), new Size("laptop", 1280, 800), new Size("projector", 2560, 1440));

    /** Those in which a big window could go wrong in a way of its own; it takes a slow machine long to paint one. */
    private static final Set<String> ON_A_PROJECTOR = Set.of("idle", "settings", "playing", "sharing", "mixer");

    private static final Set<String> LANDSCAPES = Set.of("idle", "playing");

    private static final Path PICTURES = Path.of("target", "screenshots");

    /** More than there is to stop at. */
    private static final int MOST_TABS = 80;

    /** Whether whoever looks sees where the focus is: by a line around it, or around what stands for it. */
    private static final String FOCUS_IS_SEEN = """
            () => {
              const focused = document.activeElement;
              const lined = ({outlineStyle, outlineWidth}) => outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
              const bar = focused.closest('.bar');
              const thumb = '::-webkit-slider-thumb';
              // Of the knob of a slider, only the rule can be read.
              const rules = [...document.styleSheets].flatMap(sheet => [...sheet.cssRules]).filter(rule =>
                  rule.selectorText?.endsWith(':focus-visible' + thumb)
                      && focused.matches(rule.selectorText.slice(0, -thumb.length)));
              return focused === document.body
                  || [focused, focused.closest('.card, .choices label')].some(each => each && lined(getComputedStyle(each)))
                  || rules.some(rule => lined(rule.style))
                  || (focused.id === 'prompt' && getComputedStyle(bar).boxShadow.includes('0px 0px 0px 4px'));
            }""";

    private final SoftAssertions findings = new SoftAssertions();

    @Test
    void everyStateIsFitForAllAtEverySize() throws IOException {
        String layout = layout();
        Page page = open(
                new Browser.NewContextOptions().setPermissions(List.of("clipboard-read", "clipboard-write")),
                "?seed=7");
        inspect(page, "idle", layout);
        page.locator("#open-settings").click();
        await(page, "document.querySelectorAll('.card:not(.drawn)').length === 0");
        inspect(page, "settings", layout);
        page.keyboard().press("Escape");

        type(page, "jazz piano");
        await(page, "riffloom.state === 'playing' && !document.querySelector('#share').disabled");
        for (String prompt : List.of(
                "church bells", "rain on a tin roof while a brass band walks by and a train leaves the station")) {
            type(page, prompt);
        }
        for (int i = 1; i <= 12; i++) {
            type(page, "take " + i);
        }
        inspect(page, "playing", layout);
        page.locator("[data-view=flat]").click();
        inspect(page, "flat", layout);
        page.locator("[data-view=landscape]").click();
        // What follows is quicker without music, and looks the same.
        page.locator("#play").click();
        for (String dialog : List.of("keys", "saving", "presence")) {
            page.evaluate("id => document.getElementById(id).showModal()", dialog);
            inspect(page, dialog, layout);
            page.evaluate("id => document.getElementById(id).close()", dialog);
        }

        page.locator("#share").click();
        page.locator("#make-link").click();
        await(page, "document.querySelector('#link').value.length > 0");
        String link = page.locator("#link").inputValue();
        inspect(page, "sharing", layout);
        page.keyboard().press("Escape");

        page.locator("#open-mixer").click();
        for (String prompt : List.of("a violin concerto in a very large hall", "rain", "surf", "thunder")) {
            if (page.locator("#mixer form").isVisible()) {
                page.locator("#mixer form input").fill(prompt);
                page.keyboard().press("Enter");
            }
        }
        inspect(page, "mixer", layout);

        page.navigate(link);
        page.locator("summary").click();
        inspect(page, "link", layout);
        findings.assertAll();
    }

    private void inspect(Page page, String state, String layout) {
        for (Size size : SIZES) {
            boolean projector = size.width() > 2000;
            if (projector && !ON_A_PROJECTOR.contains(state)) {
                continue;
            }
            page.setViewportSize(size.width(), size.height());
            // Beside a dialog, so many pixels of landscape are long in being drawn and little seen.
            page.evaluate(
                    "hide => document.getElementById('timeline')?.style.setProperty('visibility', hide ? 'hidden' : '')",
                    projector && !LANDSCAPES.contains(state));
            // The timeline takes its new size over, and what moves into place arrives.
            page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 600)))");
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(size.name() + "-" + state + ".png")));
            String where = state + " at " + size.width() + " × " + size.height();
            if (!projector) {
                findings.assertThat(Axe.complaints(page)).as(where).isEmpty();
            }
            findings.assertThat((List<?>) page.evaluate(layout)).as(where).isEmpty();
        }
        page.setViewportSize(1280, 800);
    }

    private static String layout() throws IOException {
        try (InputStream script = AccessibilityBrowserTests.class.getResourceAsStream("layout.js")) {
            assertThat(script).isNotNull();
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void everythingCanBeDoneByKeyboardAlone() throws IOException {
        List<String> sent = Collections.synchronizedList(new ArrayList<>());
        Page page = open(
                calm(),
                "?seed=7",
                fresh -> fresh.onWebSocket(socket -> socket.onFrameSent(frame -> remember(sent, frame))));

        tabTo(page, "#prompt");
        page.keyboard().type("jazz piano");
        page.keyboard().press("Enter");
        await(page, "riffloom.state === 'playing' && !document.querySelector('#share').disabled");
        page.keyboard().type("church bells");
        page.keyboard().press("Enter");
        awaitFrame(page, sent, "\"prompt\"", "church bells");

        tabTo(page, "#open-settings");
        page.keyboard().press("Enter");
        tabTo(page, "#denoising");
        page.keyboard().press("End");
        assertThat(page.locator("[name=denoisingOf]")).hasText("What is tempo? · 1.00");
        page.keyboard().press("Home");
        assertThat(page.locator("[name=denoisingOf]")).hasText("Keep it on beat · 0.05");
        page.keyboard().press("ArrowRight");
        assertThat(page.locator("#denoising")).hasAttribute("aria-valuetext", "Keep it on beat · 0.10");
        tabTo(page, "#settings [type=submit]");
        page.keyboard().press("Enter");
        awaitFrame(page, sent, "\"settings\"", "\"denoising\":0.1");
        assertThat(page.locator("#settings")).isHidden();
        assertThat(page.locator("#open-settings")).isFocused();

        page.keyboard().press("Enter");
        assertThat(page.locator("#settings [name=stepsOf]")).containsText("of music");
        tabTo(page, "#default-settings");
        page.keyboard().press("Enter");
        Object steps = page.evaluate("document.querySelector('#steps').value");
        assertThat(steps).isNotEqualTo("3");
        page.keyboard().press("Escape");
        assertThat(page.locator("#open-settings")).isFocused();

        tabTo(page, "#open-mixer");
        page.keyboard().press("Enter");
        assertThat(page.locator("#mixer .voice input").first()).isFocused();
        tabTo(page, "#mixer form input");
        page.keyboard().type("surf");
        page.keyboard().press("Enter");
        assertThat(page.locator("#mixer .voice input:focus")).hasAttribute("aria-label", "surf");
        page.keyboard().press("ArrowLeft");
        awaitFrame(page, sent, "\"mix\"", "surf");
        assertThat(page.locator("#mixer .voice input:focus")).not().hasValue("50");
        focusIsSeen(page);
        page.keyboard().press("Escape");
        assertThat(page.locator("#mixer")).isHidden();
        assertThat(page.locator("#open-mixer")).isFocused();

        tabTo(page, "#share");
        page.keyboard().press("Enter");
        assertThat(page.locator("#make-link")).isFocused();
        page.keyboard().press("Enter");
        await(page, "document.querySelector('#link').value.length > 0");
        focusIsSeen(page);
        page.keyboard().press("Escape");
        assertThat(page.locator("#share")).isFocused();

        tabTo(page, "#save");
        page.keyboard().press("Enter");
        assertThat(page.locator("#save-file")).isFocused();
        Download file = page.waitForDownload(() -> page.keyboard().press("Enter"));
        assertThat(file.suggestedFilename()).endsWith(".flac");
        page.keyboard().press("Escape");
        assertThat(page.locator("#save")).isFocused();
    }

    /** Stop by stop; at each one the focus must be seen. */
    private static void tabTo(Page page, String target) {
        List<Object> stops = new ArrayList<>();
        while (Boolean.FALSE.equals(page.evaluate("target => document.activeElement.matches(target)", target))) {
            assertThat(stops).as("stops before " + target).hasSizeLessThan(MOST_TABS);
            page.keyboard().press("Tab");
            stops.add(page.evaluate("document.activeElement.id || document.activeElement.className"));
            focusIsSeen(page);
        }
    }

    private static void focusIsSeen(Page page) {
        assertThat((Boolean) page.evaluate(FOCUS_IS_SEEN))
                .as(() -> "seen focus of " + page.evaluate("document.activeElement.outerHTML"))
                .isTrue();
    }

    /** As a model with masks offers them; the embedded one has none. */
    @Test
    void aMaskIsSeenAndChosen() {
        List<String> sent = Collections.synchronizedList(new ArrayList<>());
        Page page = open(calm(), "?seed=7", fresh -> {
            fresh.routeWebSocket("**/ws/riff", route -> {
                var server = route.connectToServer();
                route.onMessage(frame -> {
                    sent.add(frame.text());
                    server.send(frame.text());
                });
                server.onMessage(frame -> {
                    if (frame.text() == null) {
                        route.send(frame.binary());
                    } else {
                        route.send(
                                frame.text().replace("\"maskImages\":[]", "\"maskImages\":[\"top-half\",\"beats\"]"));
                    }
                });
            });
            fresh.route(
                    "**/mask-images/*.png",
                    route -> route.fulfill(new Route.FulfillOptions()
                            .setContentType("image/svg+xml")
                            .setBody("<svg xmlns='http://www.w3.org/2000/svg' width='8' height='8'>"
                                    + "<rect width='8' height='8'/><rect width='8' height='4' fill='#fff'/></svg>")));
        });
        page.locator("#open-settings").click();
        assertThat(page.locator("#mask-images")).isVisible();
        await(
                page,
                "[...document.querySelectorAll('.mask img')].filter(image => image.naturalWidth === 8).length === 2");
        assertThat(page.locator(".mask:has(:checked) .title")).hasText("None");
        page.locator(".mask:has([value=top-half]) img").click();

        // Without a seed image a mask has nothing to keep.
        page.locator("#seed-images .card:not(:has(.listen)) .picture").click();
        assertThat(page.locator("#mask-images")).isHidden();
        assertThat(page.locator("#denoising")).isDisabled();
        page.locator("#seed-images .card:has(.listen) .picture").first().click();
        page.locator("#settings [type=submit]").click();
        type(page, "flute");
        awaitFrame(page, sent, "\"start\"", "\"maskImage\":\"top-half\"");
        // This model has no such mask, and says so.
        assertThat(page.locator("#error")).containsText("mask");
    }
}
