package org.riffloom;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.WebSocketFrame;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.ViewportSize;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.FileSystemUtils;

/**
 * What tests in a real browser have in common: the whole application with the embedded model, and a page of it that is
 * watched for complaints. All of them share one server.
 *
 * <p>{@code -Driffloom.screenshot=FILE} also takes the picture for the README. {@code -Driffloom.window=390x844} has all
 * tests that say nothing of phones or of small windows in a window of that size, in place of 1280 × 800.
 */
// More clips ahead than usual: the browser draws on the processors that the model needs.
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "riffloom.stream.ahead=4")
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedChromium.class)
@EnabledIf(value = "org.riffloom.SystemChromium#usable", disabledReason = SystemChromium.HOW_TO_ENABLE)
abstract class BrowserTests {

    /** A slow machine without a GPU makes a clip in about the time that it plays. */
    static final double PATIENCE_MS = 240_000;

    /** What is told of a page that is not as it should be. */
    private static final String STATE = """
            () => {
              const { state, nowPrompt, time, position, live, scheduled } = window.riffloom ?? {};
              return JSON.stringify({ address: location.search, state, nowPrompt, time, position, live, last: scheduled?.slice(-3) });
            }""";

    static final String SCREENSHOT = System.getProperty("riffloom.screenshot");

    private static final int[] WINDOW = Stream.of(
                    System.getProperty("riffloom.window", "1280x800").split("x"))
            .mapToInt(Integer::parseInt)
            .toArray();

    /** As long-lived as the server, which outlives each class of tests. */
    private static final Path ARCHIVE = temporaryFolder();

    @LocalServerPort
    int port;

    Browser browser;
    Browser flatBrowser;
    BrowserContext context;
    private final List<String> complaints = new ArrayList<>();

    @DynamicPropertySource
    static void archive(DynamicPropertyRegistry registry) {
        registry.add("riffloom.archive.folder", ARCHIVE::toString);
        registry.add(
                "riffloom.own-images.folder",
                () -> ARCHIVE.resolve("own-images").toString());
    }

    private static Path temporaryFolder() {
        try {
            Path folder = Files.createTempDirectory("riffloom-browser-tests-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> FileSystemUtils.deleteRecursively(folder.toFile())));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeAll
    void bePatient() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    }

    @AfterEach
    void nobodyComplained() {
        List<String> heard = List.copyOf(complaints);
        // A request that a test is to answer would be lost with its context, and fail the test.
        context.pages().forEach(page -> page.navigate("about:blank"));
        context.close();
        assertThat(heard).isEmpty();
    }

    /** A complaint that belongs to the test, and only to it. */
    void forgiveComplaint(String part) {
        assertThat(complaints).anyMatch(complaint -> complaint.contains(part));
        complaints.removeIf(complaint -> complaint.contains(part));
    }

    static void remember(List<String> frames, WebSocketFrame frame) {
        if (frame.text() != null) {
            frames.add(frame.text());
        }
    }

    /** Waits for a message that has all these parts. */
    static void awaitFrame(Page page, List<String> frames, String... parts) {
        page.waitForCondition(
                () -> List.copyOf(frames).stream()
                        .anyMatch(frame -> Stream.of(parts).allMatch(frame::contains)),
                new Page.WaitForConditionOptions().setTimeout(PATIENCE_MS));
    }

    Page open(Browser.NewContextOptions options, String query) {
        return open(options, query, page -> {});
    }

    Page open(Browser.NewContextOptions options, String query, Consumer<Page> prepare) {
        String origin = "http://localhost:" + port + "/";
        complaints.clear();
        context = newContext(options);
        Page page = context.newPage();
        page.setDefaultTimeout(PATIENCE_MS);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add("console: " + message.text());
            }
        });
        page.onPageError(error -> complaints.add("error: " + error));
        page.onRequest(request -> {
            if (!request.url().startsWith(origin)) {
                complaints.add("request to " + request.url());
            }
        });
        page.onWebSocket(socket -> {
            if (!socket.url().startsWith(origin.replace("http", "ws"))) {
                complaints.add("socket to " + socket.url());
            }
        });
        prepare.accept(page);
        page.navigate(origin + (SCREENSHOT == null ? hurried(query) : query));
        await(page, "riffloom.state === 'idle'");
        return page;
    }

    /**
     * A window for tests of something else than the landscape: the picture of the music is flat and stands still, and the
     * processor is left to the model.
     */
    static Browser.NewContextOptions calm() {
        return lively().setReducedMotion(ReducedMotion.REDUCE);
    }

    /** A window for tests of the landscape. */
    static Browser.NewContextOptions lively() {
        return new Browser.NewContextOptions().setViewportSize(WINDOW[0], WINDOW[1]);
    }

    /** A context, to be closed by whoever asks for it; where less motion is asked for, nothing draws landscapes. */
    BrowserContext newContext(Browser.NewContextOptions options) {
        return (Optional.of(ReducedMotion.REDUCE).equals(options.reducedMotion) ? flatBrowser : browser)
                .newContext(options);
    }

    /** Few steps make poor music, but in time, on two busy cores too. */
    static String hurried(String query) {
        return query + (query.isEmpty() ? "?" : "&") + "numInferenceSteps=3";
    }

    static void type(Page page, String prompt) {
        page.locator("#prompt").fill(prompt);
        page.locator("#prompt").press("Enter");
    }

    static void await(Page page, String condition) {
        try {
            page.waitForFunction("() => " + condition, null, new Page.WaitForFunctionOptions().setTimeout(PATIENCE_MS));
        } catch (TimeoutError e) {
            throw new AssertionError(
                    "Not so in " + PATIENCE_MS / 1_000 + " s: " + condition + "; there is " + page.evaluate(STATE), e);
        }
    }

    static int count(Page page) {
        return ((Number) page.evaluate("riffloom.scheduled.length")).intValue();
    }

    static double number(Object clip, String name) {
        return ((Number) ((Map<?, ?>) clip).get(name)).doubleValue();
    }

    /** A part of the landscape on which nothing lies, in a window of any size; the playhead goes through it. */
    static BufferedImage landscape(Page page) throws IOException {
        ViewportSize window = page.viewportSize();
        byte[] png = page.screenshot(new Page.ScreenshotOptions()
                .setClip(0.45 * window.width, 0.3 * window.height, 0.5 * window.width, 0.36 * window.height));
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    static double time(Page page) {
        return ((Number) page.evaluate("riffloom.time")).doubleValue();
    }
}
