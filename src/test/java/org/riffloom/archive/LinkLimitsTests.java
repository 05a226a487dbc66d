package org.riffloom.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.riffloom.archive.ArchivedClip.Origin;
import org.riffloom.clip.Clip;
import org.riffloom.prompt.RiffDirection;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** A client that wants more than there is for it. */
@SpringBootTest(
        classes = LinkTests.Beans.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "riffloom.links.shares-per-client=2",
            "riffloom.links.files-per-client=3",
            "riffloom.links.clips-per-client=4"
        })
class LinkLimitsTests {

    @TempDir
    static Path folder = Path.of("");

    private final HttpClient http = HttpClient.newHttpClient();

    @Autowired
    ClipArchive archive;

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void folder(DynamicPropertyRegistry registry) {
        registry.add("riffloom.archive.folder", () -> folder.toString());
    }

    private HttpResponse<String> send(String path, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(
                request.uri(URI.create("http://localhost:" + port + path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> share(Clip clip) throws IOException, InterruptedException {
        return send(
                "/links",
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"clips\":[\"" + clip.id() + "\"]}")));
    }

    private int get(String path) throws IOException, InterruptedException {
        return send(path, HttpRequest.newBuilder()).statusCode();
    }

    private static void assertLater(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(Integer.parseInt(answer.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 60);
        assertThat(answer.body()).contains("too many requests");
    }

    @Test
    void isToldToComeBack() throws IOException, InterruptedException {
        Clip clip = ClipArchiveContract.clip(1);
        archive.keep(clip, new Origin(clip.recipe(), RiffDirection.USUAL, "riffloom-mini", "", ""), Instant.now());
        String link =
                JsonMapper.shared().readTree(share(clip).body()).get("url").asString();
        String path = URI.create(link).getPath();
        assertThat(share(clip).statusCode()).isEqualTo(201);
        assertLater(share(clip));

        assertThat(get(path + "/sound.wav")).isEqualTo(200);
        assertThat(get(path + "/sound.flac")).isEqualTo(200);
        assertThat(get("/oembed?url=" + link)).isEqualTo(200);
        assertLater(send(path + "/sound.opus", HttpRequest.newBuilder()));
        assertLater(send(path + "/card.jpg", HttpRequest.newBuilder()));
        assertLater(send("/oembed?url=" + link, HttpRequest.newBuilder()));
        // What is there costs nothing, and neither does the page, nor what is nowhere.
        assertThat(get(path + "/sound.wav")).isEqualTo(200);
        assertThat(get(path)).isEqualTo(200);
        assertThat(get("/c/AAAAAAAAAAAAAAAAAAAAAA/sound.wav")).isEqualTo(404);
    }

    @Test
    void goesBackToClipsWithinBounds() throws IOException, InterruptedException {
        Clip clip = ClipArchiveContract.clip(2);
        archive.keep(clip, new Origin(clip.recipe(), RiffDirection.USUAL, "riffloom-mini", "", ""), Instant.now());
        String path = "/clips/" + clip.id();
        for (int i = 0; i < 2; i++) {
            assertThat(get(path + "/sound.wav")).isEqualTo(200);
            assertThat(get(path + "/picture.png")).isEqualTo(200);
            assertThat(get("/clips/AAAAAAAAAAAAAAAAAAAAAA/sound.wav")).isEqualTo(404);
        }
        assertLater(send(path + "/sound.wav", HttpRequest.newBuilder()));
        assertLater(send(path + "/picture.png", HttpRequest.newBuilder()));
    }

    @Test
    void settingsThatCannotBeAreNamed() {
        assertThatThrownBy(() -> new LinkLimits(1, 1, 1, 1, 1, 1, 0, Duration.ZERO))
                .hasMessage("riffloom.links.makers is 0; it must be at least 1.");
        assertThatThrownBy(() -> new LinkLimits(1, 1, 1, 1, 1, 1, 1, Duration.ofSeconds(-1)))
                .hasMessageContaining("max-wait");
    }
}
