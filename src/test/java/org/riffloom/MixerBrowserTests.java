package org.riffloom;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.BoundingBox;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several prompts at once, in a real browser. */
class MixerBrowserTests extends BrowserTests {

    private static final String HALF_AND_HALF =
            "[{\"prompt\":\"jazz piano\",\"weight\":0.5},{\"prompt\":\"church bells\",\"weight\":0.5}]";

    private static final String MIXED = "?prompt=jazz+piano&prompt=church+bells&weight=0.5&weight=0.5&seed=7";

    /** A controller that the page takes for a real one; {@code midi(1, 127)} moves it. */
    private static final String CONTROLLER = """
            const input = {name: 'Eight faders', onmidimessage: null};
            navigator.requestMIDIAccess = async () => ({inputs: new Map([['0', input]]), onstatechange: null});
            window.midi = (controller, level) => input.onmidimessage({data: new Uint8Array([0xb0, controller, level])});
            """;

    private final List<String> sent = Collections.synchronizedList(new ArrayList<>());
    private final List<String> received = Collections.synchronizedList(new ArrayList<>());

    private void listen(Page page) {
        page.onWebSocket(socket -> {
            socket.onFrameSent(frame -> remember(sent, frame));
            socket.onFrameReceived(frame -> remember(received, frame));
        });
    }

    private static void add(Page page, String prompt) {
        page.locator("#mixer form input").fill(prompt);
        page.locator("#mixer form input").press("Enter");
    }

    private static Locator slider(Page page, int row) {
        return page.locator("#mixer .voice input").nth(row);
    }

    @Test
    void mixesTwoPromptsByTheirSlidersAndByKeyboardOnThePad() {
        Page page = open(calm(), "", this::listen);
        type(page, "jazz piano");
        await(page, "riffloom.state === 'playing'");
        page.locator("#open-mixer").focus();
        page.keyboard().press("Enter");
        assertThat(slider(page, 0)).isFocused();
        assertThat(slider(page, 0)).hasAttribute("aria-label", "jazz piano");

        add(page, "church bells");
        assertThat(slider(page, 1)).isFocused();
        page.keyboard().press("End");
        awaitFrame(page, sent, "\"type\":\"mix\"", "\"prompts\":" + HALF_AND_HALF);
        assertThat(page.locator("#mixer output")).hasText(new String[] {"50 %", "50 %"});
        awaitFrame(page, received, "\"type\":\"clip\"", "\"startMix\":" + HALF_AND_HALF);
        await(page, "riffloom.nowPrompt === '50 % jazz piano + 50 % church bells'");
        assertThat(page.locator("#prompts .now .part")).hasText(new String[] {"50 % jazz piano", "50 % church bells"});
        assertThat(page.locator("#prompts .past .name")).hasText("jazz piano");
        assertThat(slider(page, 1)).hasAttribute("aria-valuetext", "50 % of the mix");
        assertThat(page.evaluate("[...document.querySelectorAll('.heard')].at(-1).style.getPropertyValue('--heard')"))
                .isEqualTo("0.5");
        await(page, "location.search.endsWith('prompt=jazz+piano&weight=0.5&prompt=church+bells&weight=0.5')");

        Locator puck = page.locator("#mixer .puck");
        puck.focus();
        assertThat(puck).hasAttribute("aria-valuetext", "50 % jazz piano + 50 % church bells");
        page.keyboard().press("ArrowRight");
        assertThat(puck).hasAttribute("aria-valuetext", "45 % jazz piano + 55 % church bells");
        for (int i = 0; i < 9; i++) {
            page.keyboard().press("ArrowRight");
        }
        assertThat(puck).hasAttribute("aria-valuetext", "church bells");
        awaitFrame(page, sent, "\"prompts\":[{\"prompt\":\"church bells\",\"weight\":1}]");
        awaitFrame(page, received, "\"type\":\"clip\"", "\"startPrompt\":\"church bells\"");
        page.keyboard().press("Escape");
        assertThat(page.locator("#mixer")).isHidden();
        assertThat(page.locator("#open-mixer")).isFocused();
        await(page, "riffloom.nowPrompt === 'church bells'");

        type(page, "techno");
        awaitFrame(page, received, "\"type\":\"clip\"", "\"endPrompt\":\"techno\"");
        page.locator("#open-mixer").click();
        assertThat(page.locator("#mixer .name")).hasText(new String[] {"techno", "jazz piano", "church bells"});
        assertThat(page.locator("#mixer output")).hasText(new String[] {"100 %", "0 %", "0 %"});
    }

    @Test
    void goesOnInTheMixAfterTheConnectionWasLost() {
        AtomicReference<WebSocketRoute> socket = new AtomicReference<>();
        Page page = open(
                calm(),
                MIXED,
                fresh -> fresh.routeWebSocket("**/ws/riff", route -> {
                    WebSocketRoute server = route.connectToServer();
                    route.onMessage(frame -> {
                        sent.add(frame.text());
                        server.send(frame.text());
                    });
                    socket.set(route);
                }));
        page.locator("#play").click();
        awaitFrame(page, sent, "\"type\":\"start\"", "\"mix\":" + HALF_AND_HALF);
        await(page, "riffloom.state === 'playing'");
        assertThat(page.locator("#prompts .now .part")).hasText(new String[] {"50 % jazz piano", "50 % church bells"});
        int clips = count(page);

        sent.clear();
        socket.get().close();
        awaitFrame(page, sent, "\"type\":\"start\"", "\"mix\":" + HALF_AND_HALF);
        await(page, "riffloom.scheduled.length > " + clips + " && riffloom.state === 'playing'");
        assertThat(page.evaluate("riffloom.nowPrompt")).isEqualTo("50 % jazz piano + 50 % church bells");
    }

    @ParameterizedTest
    @CsvSource({"390, 844", "1280, 800", "2560, 1440"})
    void fitsEveryScreenWithSixPromptsAndAController(int width, int height) {
        boolean phone = width < 700;
        Page page = open(
                calm().setViewportSize(width, height).setIsMobile(phone).setHasTouch(phone),
                MIXED,
                fresh -> fresh.addInitScript(CONTROLLER));
        page.locator("#open-mixer").click();
        for (String prompt : List.of("sitar", "acid bass", "gospel choir", "steel drums ".repeat(20))) {
            add(page, prompt);
        }
        assertThat(page.locator("#mixer .voice")).hasCount(6);
        assertThat(page.locator("#mixer form")).isHidden();
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isTrue();
        BoundingBox panel = page.locator("#mixer").boundingBox();
        assertThat(panel.x).isNotNegative();
        assertThat(panel.x + panel.width).isLessThanOrEqualTo(width);
        assertThat(panel.y).isNotNegative();
        assertThat(panel.y + panel.height).isLessThanOrEqualTo(height);
        for (Locator each : page.locator("#mixer .voice").all()) {
            BoundingBox row = each.boundingBox();
            assertThat(row.x + row.width).isLessThanOrEqualTo(panel.x + panel.width);
        }
        if (phone) {
            for (String control : List.of("#open-mixer", "#close-mixer", "#mixer .remove", "#mixer .level input")) {
                BoundingBox box = page.locator(control).first().boundingBox();
                assertThat(Math.min(box.width, box.height)).as(control).isGreaterThanOrEqualTo(44);
            }
        }

        page.locator("#connect-midi").click();
        assertThat(page.locator("#mixer [role=status]")).hasText("Eight faders: controllers 1 to 6 move the sliders.");
        page.evaluate("midi(2, 127)");
        assertThat(slider(page, 1)).hasValue("100");
        slider(page, 2).focus();
        page.evaluate("midi(74, 0)");
        assertThat(slider(page, 2)).hasValue("0");

        page.locator("#mixer .remove").last().click();
        assertThat(page.locator("#mixer .voice")).hasCount(5);
        assertThat(page.locator("#mixer form")).isVisible();
        // Its head stays where it is when the panel is scrolled.
        page.evaluate("document.querySelector('#mixer').scrollTo(0, 0)");
        BoundingBox corner = page.locator("#mixer .handle").nth(0).boundingBox();
        // Above the topmost corner nothing is nearer than that.
        page.mouse().click(corner.x + corner.width / 2, corner.y);
        assertThat(page.locator("#mixer .puck")).hasAttribute("aria-valuetext", "jazz piano");
    }
}
