package org.riffloom;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server is killed as by a power cut while music plays at each size of window, and starts again. */
class RestartBrowserTests extends BrowserTests {

    private static final List<int[]> SIZES =
            List.of(new int[] {390, 844}, new int[] {1280, 800}, new int[] {2560, 1440});

    private final List<BrowserContext> contexts = new ArrayList<>();
    private @Nullable Process server;

    @TempDir
    Path data;

    /** In a process of its own, which can be killed. */
    private Process start(int at) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        RiffloomApplication.class.getName(),
                        "--server.port=" + at,
                        "--riffloom.data=" + data)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        contexts.forEach(BrowserContext::close);
        if (server != null) {
            server.destroyForcibly().waitFor();
        }
    }

    @Test
    void everyPageGoesOnWhereItWasAndLinksAreAsTheyWere() throws IOException, InterruptedException {
        int at;
        try (ServerSocket free = new ServerSocket(0)) {
            at = free.getLocalPort();
        }
        String origin = "http://localhost:" + at + "/";
        server = start(at);
        awaitAnswer(origin);
        List<Page> pages = new ArrayList<>();
        for (int[] size : SIZES) {
            BrowserContext window = newContext(calm().setViewportSize(size[0], size[1]));
            contexts.add(window);
            context = window;
            Page page = window.newPage();
            page.setDefaultTimeout(PATIENCE_MS);
            page.navigate(origin + hurried("?seed=7&prompt=techno"));
            await(page, "riffloom.state === 'idle'");
            page.locator("#play").click();
            pages.add(page);
        }
        for (Page page : pages) {
            await(page, "riffloom.state === 'playing' && !document.querySelector('#share').disabled");
        }
        Page first = pages.get(0);
        first.locator("#share").click();
        first.locator("#make-link").click();
        await(first, "document.querySelector('#link').value.length > 0");
        String link = first.locator("#link").inputValue();
        first.keyboard().press("Escape");
        byte[] sound = first.request().get(link + "/sound.wav").body();

        server.destroyForcibly().waitFor();
        List<Object> before = new ArrayList<>();
        for (Page page : pages) {
            await(page, "['lost', 'paused'].includes(riffloom.state)");
            assertThat(page.locator("#state")).containsText("Connection lost");
            before.add(page.evaluate("riffloom.scheduled.filter(clip => clip.index >= 0).at(-1).id"));
        }
        server = start(at);
        for (int i = 0; i < pages.size(); i++) {
            Page page = pages.get(i);
            page.waitForFunction(
                    "last => riffloom.state === 'playing'"
                            + " && riffloom.scheduled.filter(clip => clip.index >= 0).at(-1).id !== last",
                    before.get(i),
                    new Page.WaitForFunctionOptions().setTimeout(PATIENCE_MS));
            assertThat(page.locator("#prompts .now .name")).hasText("techno");
        }
        assertThat(first.request().get(link).status()).isEqualTo(200);
        assertThat(first.request().get(link + "/sound.wav").body()).isEqualTo(sound);
    }

    private static void awaitAnswer(String origin) throws InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create(origin))
                .timeout(Duration.ofSeconds(5))
                .build();
        for (int attempt = 0; attempt < 600; attempt++) {
            try {
                http.send(request, BodyHandlers.discarding());
                return;
            } catch (IOException e) {
                Thread.sleep(200);
            }
        }
        throw new AssertionError("The server does not start.");
    }
}
