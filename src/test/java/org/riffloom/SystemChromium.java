package org.riffloom;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The Chromium that is installed on this machine; nothing is downloaded for the tests. */
final class SystemChromium {

    static final String HOW_TO_ENABLE =
            "No Chromium or Chrome was found; install one, or name its executable in the environment as RIFFLOOM_CHROMIUM.";

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "chrome.exe");

    private static final List<String> PLACES = List.of(
            "/usr/bin",
            "/usr/local/bin",
            "/snap/bin",
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "C:\\Program Files\\Google\\Chrome\\Application",
            "C:\\Program Files (x86)\\Google\\Chrome\\Application");

    /** A graphics card that the processor plays; it takes ten times as long to show a page as none at all. */
    private static final List<String> WITH_WEBGL =
            List.of("--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader");

    private static final List<String> WITHOUT_WEBGL = List.of("--disable-gpu");

    /** Sound without a click, and no conversations of the browser's own. */
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--autoplay-policy=no-user-gesture-required",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private SystemChromium() {}

    /** Whether to run the tests: with a browser, or where a missing one must fail them. */
    static boolean usable() {
        return find().isPresent()
                || Boolean.parseBoolean(
                        System.getProperty("riffloom.tests.noSkip", System.getenv("RIFFLOOM_TESTS_NO_SKIP")));
    }

    /** A Playwright whose driver fetches no browser. */
    static Playwright playwright() {
        return Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    }

    /** One that draws landscapes. */
    static Browser launch(Playwright playwright) {
        return launch(playwright, WITH_WEBGL);
    }

    /**
     * One that draws none, and so leaves the processor to the model.
     *
     * @param more arguments, beside those that all tests need
     */
    static Browser launchFlat(Playwright playwright, String... more) {
        return launch(
                playwright,
                Stream.concat(WITHOUT_WEBGL.stream(), Stream.of(more)).toList());
    }

    private static Browser launch(Playwright playwright, List<String> more) {
        Path executable = find().orElseThrow(() -> new IllegalStateException(HOW_TO_ENABLE));
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(
                                Stream.concat(ARGUMENTS.stream(), more.stream()).toList()));
    }

    private static Optional<Path> find() {
        String named = System.getenv("RIFFLOOM_CHROMIUM");
        if (named != null && !named.isBlank()) {
            return Optional.of(Path.of(named)).filter(Files::isExecutable);
        }
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Stream.of(path.split(java.io.File.pathSeparator)), PLACES.stream())
                .filter(place -> !place.isBlank())
                .map(Path::of)
                .flatMap(place -> Stream.concat(Stream.of(place), NAMES.stream().map(place::resolve)))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }
}
