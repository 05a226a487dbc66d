package org.riffloom.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.riffloom.own.SeedFiles.wav;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.riffloom.http.RudeClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.unit.DataSize;

/** A client that wants more than there is for it. */
@SpringBootTest(
        classes = SeedUploadTests.Beans.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "riffloom.uploads.per-client=8",
            "riffloom.uploads.at-once-per-client=1",
            "riffloom.uploads.patience=1s",
            // One fits, since there is none yet.
            "riffloom.own-images.keep-size=1B"
        })
@Timeout(120)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UploadLimitsTests {

    private static final String BEGINNING =
            "POST /seed-images HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n";

    @TempDir
    static Path folder = Path.of("");

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void folder(DynamicPropertyRegistry registry) {
        registry.add("riffloom.own-images.folder", () -> folder.toString());
    }

    private HttpResponse<String> bring(double hertz) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/seed-images"))
                        .POST(BodyPublishers.ofByteArray(wav(6, hertz)))
                        .build(),
                BodyHandlers.ofString());
    }

    private static void assertLater(HttpResponse<String> answer, int status, String words) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(Integer.parseInt(answer.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 60);
        assertThat(answer.body()).contains(words);
    }

    @Test
    @Order(0)
    void isToldThatThereIsNoRoom() throws IOException, InterruptedException {
        assertThat(bring(440).statusCode()).isEqualTo(201);
        HttpResponse<String> second = bring(880);
        assertThat(second.statusCode()).isEqualTo(507);
        assertThat(second.body()).contains("no room for more seed images");
    }

    @Test
    @Order(1)
    void waitsForNobodyForLong() throws IOException, InterruptedException {
        try (RudeClient slow = new RudeClient(port)) {
            slow.send(BEGINNING + "RIFF");
            // Its place is taken when the server has read the request's head, some time soon.
            HttpResponse<String> second = bring(440);
            while (second.statusCode() != 503) {
                assertThat(second.statusCode()).isIn(429, 507);
                Thread.sleep(10);
                second = bring(440);
            }
            assertLater(second, 503, "Too many files are on their way");
            // Always a bit, so that it never counts as silent.
            Thread drip = new Thread(() -> {
                try {
                    for (int i = 0; i < 1_000; i++) {
                        slow.send("x");
                        Thread.sleep(20);
                    }
                } catch (IOException | InterruptedException e) {
                    // The server has had enough.
                }
            });
            drip.start();
            assertThat(slow.readUntil("arrive")).startsWith("HTTP/1.1 408 ").contains("more than 1 s");
            drip.join();
        }
    }

    @Test
    @Order(2)
    void isToldToComeBack() throws IOException, InterruptedException {
        HttpResponse<String> answer = bring(440);
        for (int i = 0; answer.statusCode() != 429; i++) {
            assertThat(answer.statusCode()).isEqualTo(507);
            assertThat(i).isLessThan(8);
            answer = bring(440);
        }
        assertLater(answer, 429, "too many requests");
    }

    @Test
    void settingsThatCannotBeAreNamed() {
        DataSize size = DataSize.ofMegabytes(1);
        assertThatThrownBy(() -> new UploadLimits(0, 1, size, size, 1, 1, Duration.ZERO, 1, Duration.ZERO))
                .hasMessage("riffloom.uploads.per-client is 0; it must be at least 1.");
        assertThatThrownBy(() ->
                        new UploadLimits(1, 1, DataSize.ofGigabytes(2), size, 1, 1, Duration.ZERO, 1, Duration.ZERO))
                .hasMessageContaining("sound-size");
        assertThatThrownBy(() -> new UploadLimits(1, 1, size, size, 1, 1, Duration.ofSeconds(-1), 1, Duration.ZERO))
                .hasMessageContaining("patience");
    }
}
