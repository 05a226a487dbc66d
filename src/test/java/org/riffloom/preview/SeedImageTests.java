package org.riffloom.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.riffloom.clip.EncodedMedia;
import org.riffloom.clip.FixedMasks;
import org.riffloom.clip.LoadedModel;
import org.riffloom.clip.ModelInfo;
import org.riffloom.clip.ModelLoading;
import org.riffloom.clip.SeedImage;
import org.riffloom.clip.SeedImages;
import org.riffloom.http.CrampedServer;
import org.riffloom.http.RudeClient;
import org.riffloom.http.RudeClient.Farewell;
import org.riffloom.http.Troubles;
import org.riffloom.prompt.LoraWeights;
import org.riffloom.prompt.RiffSettings;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/** The seed images over HTTP, with all that stands before a request. */
@SpringBootTest(classes = SeedImageTests.Beans.class, webEnvironment = WebEnvironment.RANDOM_PORT)
class SeedImageTests {

    /** More than sockets hold. */
    private static final int SIZE = 4 << 20;

    private static final byte[] PNG = Arrays.copyOf(new byte[] {(byte) 0x89, 'P', 'N', 'G', 1, 2, 3}, SIZE);
    private static final byte[] WAV = Arrays.copyOf("RIFF and so on".getBytes(StandardCharsets.US_ASCII), SIZE);
    private static final EncodedMedia PICTURE = EncodedMedia.of("image/png", PNG);
    private static final EncodedMedia SOUND = EncodedMedia.of("audio/wav", WAV);
    private static final SeedImage WALTZ = new SeedImage("waltz-6", "Waltz", 6, PICTURE.fingerprint());

    private static final String OWN = "own-0123456789abcdefghi-_A";

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @Autowired
    private Loading loading;

    @Autowired
    private CrampedServer cramped;

    @BeforeEach
    void load() {
        loading.model = CompletableFuture.completedFuture(new LoadedModel(
                "",
                new ModelInfo(
                        "test",
                        44_100,
                        5.12,
                        new RiffSettings(42, null, 0.75, 7, 25, ""),
                        List.of(),
                        List.of(),
                        new LoraWeights(Map.of())),
                new Seeds(),
                new FixedMasks(List.of()),
                () -> {
                    throw new AssertionError("no clip is needed to show a seed image");
                },
                (recipe, progress) -> {
                    throw new AssertionError("no clip is needed to show a seed image");
                }));
    }

    @Test
    void pictureOfThisVersionMayBeKeptForEver() throws Exception {
        HttpResponse<byte[]> response = get("/" + SeedImageAddresses.picture(WALTZ));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(PNG);
        assertThat(header(response, "Content-Type")).isEqualTo("image/png");
        assertThat(header(response, "Cache-Control")).isEqualTo("max-age=31536000, public, immutable");
        assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
    }

    /** Whoever asks for it has been told its id; what lies between need not keep it. */
    @Test
    void pictureOfAListenersOwnIsKeptByTheListenerAlone() throws Exception {
        HttpResponse<byte[]> response = get("/seed-images/" + OWN + ".png?v=" + PICTURE.fingerprint());
        assertThat(response.body()).isEqualTo(PNG);
        assertThat(header(response, "Cache-Control")).isEqualTo("max-age=3600, private, immutable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/seed-images/waltz-6.png", "/seed-images/waltz-6.png?v=0123456789abcdef"})
    void pictureWithoutOrOfAnotherVersionIsAskedForAgain(String path) throws Exception {
        HttpResponse<byte[]> response = get(path);
        assertThat(response.body()).isEqualTo(PNG);
        assertThat(header(response, "Cache-Control")).isEqualTo("no-cache");
        assertNotModified(path, header(response, "ETag"));
    }

    @Test
    void soundIsAskedForAgain() throws Exception {
        String path = "/" + SeedImageAddresses.sound(WALTZ);
        HttpResponse<byte[]> response = get(path);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(WAV);
        assertThat(header(response, "Content-Type")).isEqualTo("audio/wav");
        assertThat(header(response, "Cache-Control")).isEqualTo("no-cache");
        assertNotModified(path, header(response, "ETag"));
    }

    private void assertNotModified(String path, String tag) throws Exception {
        HttpResponse<byte[]> second = send(request(path).header("If-None-Match", tag));
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "wav"})
    void unknownSeedImageIsNamedWithThoseThatThereAre(String end) throws Exception {
        // As an image or audio element asks, which would rather have no JSON.
        HttpResponse<byte[]> response =
                send(request("/seed-images/rumba." + end).header("Accept", "image/*,audio/*;q=0.8"));
        assertProblem(response, 404, "There is no seed image \\\"rumba\\\"; there are [waltz-6].");
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "wav"})
    void saysThatTheModelStillLoads(String end) throws Exception {
        loading.model = new CompletableFuture<>();
        HttpResponse<byte[]> response = get("/seed-images/waltz-6." + end);
        assertProblem(response, 503, "The model is still loading");
        assertThat(header(response, "Retry-After")).isEqualTo("2");
    }

    @Test
    void saysThatThereWillBeNoModel() throws Exception {
        loading.model = CompletableFuture.failedFuture(new IOException("a secret path"));
        HttpResponse<byte[]> response = get("/seed-images/waltz-6.png");
        assertProblem(response, 503, "The model could not be loaded");
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).doesNotContain("secret");
    }

    /** Sent as they are: a client would tidy them up first. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/seed-images/../riffloom.json.png",
                "/seed-images/..%2Friffloom.json.png",
                "/seed-images/%2e%2e/waltz-6.png",
                "/seed-images/%2e%2e%2f%2e%2e%2fapplication.png",
                "/seed-images/..\\..\\application.png",
                "/seed-images/..%5C..%5Capplication.png",
                "/seed-images/%252e%252e%252fapplication.png",
                "/seed-images/waltz-6.png%00.wav",
                "/seed-images/x/waltz-6.png",
                "/seed-images//etc/passwd.png",
                "/seed-images/.png",
                "/seed-images/..wav",
                "/seed-images/",
                "/seed-images/seed_images.json"
            })
    void servesNothingElse(String path) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(response.substring(0, response.indexOf("\r\n"))).matches("HTTP/1.1 40[04].*");
        }
    }

    /** Also of what the page consists of, which is compressed for those who accept that. */
    @ParameterizedTest
    @CsvSource({
        "/seed-images/waltz-6.png, identity",
        "/seed-images/waltz-6.wav, identity",
        "/webjars/three/build/three.core.js, identity",
        "/webjars/three/build/three.core.js, gzip"
    })
    void aClientThatIsGoneBeforeItHasReadAllIsNoError(String path, String encoding) throws Exception {
        int before = cramped.served();
        try (Troubles troubles = new Troubles();
                RudeClient client = new RudeClient(port)) {
            client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: " + encoding + "\r\n\r\n");
            assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
            client.go(Farewell.RESET);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (cramped.served() == before) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                Thread.sleep(10);
            }
            assertThat(troubles.heard()).isEmpty();
        }
    }

    @Test
    void nothingCanBeChanged() throws Exception {
        HttpResponse<byte[]> response = send(request("/seed-images/waltz-6.png").DELETE());
        assertThat(response.statusCode()).isEqualTo(405);
    }

    private static void assertProblem(HttpResponse<byte[]> response, int status, String detail) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(header(response, "Content-Type")).startsWith("application/problem+json");
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).contains(detail);
        assertThat(header(response, "Cache-Control")).doesNotContain("immutable");
    }

    private HttpResponse<byte[]> get(String path) throws Exception {
        return send(request(path));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("(none)");
    }

    private static final class Seeds implements SeedImages {

        @Override
        public List<SeedImage> all() {
            return List.of(WALTZ);
        }

        @Override
        public List<String> ids() {
            return List.of(WALTZ.id());
        }

        @Override
        public boolean has(String id) {
            return id.equals(WALTZ.id());
        }

        @Override
        public Optional<EncodedMedia> picture(String id) {
            return Optional.ofNullable(Map.of(WALTZ.id(), PICTURE, OWN, PICTURE).get(id));
        }

        @Override
        public Optional<EncodedMedia> sound(String id) {
            return Optional.ofNullable(Map.of(WALTZ.id(), SOUND).get(id));
        }
    }

    private static final class Loading implements ModelLoading {

        private volatile CompletableFuture<LoadedModel> model = new CompletableFuture<>();

        @Override
        public CompletionStage<LoadedModel> model() {
            return model;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @ComponentScan({"org.riffloom.preview", "org.riffloom.guard"})
    static class Beans {

        @Bean
        Loading loading() {
            return new Loading();
        }

        @Bean
        CrampedServer crampedServer() {
            return new CrampedServer();
        }
    }
}
