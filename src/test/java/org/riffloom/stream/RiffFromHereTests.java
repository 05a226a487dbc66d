package org.riffloom.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.riffloom.RiffloomApplication;
import org.riffloom.clip.ModelLoading;
import org.riffloom.stream.TestClient.Received;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;

/** The whole application with the embedded model, ended and started again between a link and a riff from there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(600)
class RiffFromHereTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String WEIGHTS = "unet/diffusion_pytorch_model.safetensors";

    @TempDir
    static Path folder = Path.of("");

    private final List<Received> original = new ArrayList<>();
    /** To the second clip of a walk, and to the first one of a blend that breaks into it. */
    private String walking = "";

    private String blending = "";
    /** To a clip on the slow way to a mix. */
    private String gliding = "";

    private ConfigurableApplicationContext start(String model) throws Exception {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(RiffloomApplication.class)
                .run(
                        "--server.port=0",
                        "--riffloom.device=cpu",
                        "--riffloom.model=" + model,
                        "--riffloom.archive.folder=" + folder.resolve("archive"));
        context.getBean(ModelLoading.class).model().toCompletableFuture().get(5, TimeUnit.MINUTES);
        return context;
    }

    private static String address(ConfigurableApplicationContext context) {
        WebServerApplicationContext web = (WebServerApplicationContext) context;
        return "localhost:" + Objects.requireNonNull(web.getWebServer()).getPort();
    }

    private static TestClient connect(ConfigurableApplicationContext context) {
        return TestClient.connect(URI.create("ws://" + address(context) + "/ws/riff"));
    }

    private static String answer(ConfigurableApplicationContext context, String path, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        request.uri(URI.create("http://" + address(context) + path))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private static String share(ConfigurableApplicationContext context, Received... clips)
            throws IOException, InterruptedException {
        List<String> ids = Arrays.stream(clips)
                .map(clip -> clip.message().get("id").stringValue())
                .toList();
        String body = JSON.writeValueAsString(Map.of("clips", ids));
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return JSON.readTree(answer(context, "/links", request)).get("id").stringValue();
    }

    @BeforeAll
    void record() throws Exception {
        try (ConfigurableApplicationContext context = start("riffloom-mini");
                TestClient client = connect(context)) {
            client.send("{\"type\":\"start\",\"prompt\":\"jazz piano\",\"seed\":7,\"steps\":3,\"guidance\":2.5}");
            for (int i = 0; i < 7; i++) {
                if (i == 3) {
                    // From the middle of a walk, where the transition runs back from one seed to the other.
                    client.send("{\"type\":\"prompt\",\"prompt\":\"church bells\"}");
                }
                if (i >= 2) {
                    client.played(i - 2);
                }
                original.add(client.awaitClip());
            }
            assertThat(original.get(3).recipe()).isEqualTo("jazz piano → church bells @0.25");
            walking = share(context, original.get(1));
            blending = share(context, original.get(1), original.get(3));
            client.send("{\"type\":\"settings\",\"alphaVelocity\":0.125}");
            client.send("{\"type\":\"mix\",\"prompts\":[{\"prompt\":\"techno\",\"weight\":1}]}");
            client.played(5);
            original.add(client.awaitClip());
            original.add(client.played(6).awaitClip());
            gliding = share(context, original.get(7));
        }
    }

    private static String startFrom(String link) {
        return "{\"type\":\"start\",\"link\":\"" + link + "\"}";
    }

    private static void assertSame(Received made, Received expected) {
        assertThat(made.recipe()).isEqualTo(expected.recipe());
        assertThat(made.message().get("startSeed")).isEqualTo(expected.message().get("startSeed"));
        assertThat(made.image()).isEqualTo(expected.image());
        assertThat(made.audio()).isEqualTo(expected.audio());
    }

    @Test
    void givesTheClipsThatTheOriginalStreamGaveNext() throws Exception {
        try (ConfigurableApplicationContext context = start("riffloom-mini");
                TestClient client = connect(context)) {
            client.send(startFrom(blending));
            assertSame(client.awaitClip(), original.get(4));
            assertSame(client.awaitClip(), original.get(5));
            assertSame(client.played(0).awaitClip(), original.get(6));
            client.send(startFrom(walking));
            assertSame(client.awaitClip(), original.get(2));
            client.send(startFrom(gliding));
            assertSame(client.awaitClip(), original.get(8));
        }
    }

    @Test
    void goesOnWithAnotherModelFromTheSamePlace() throws Exception {
        Path other = folder.resolve("riffloom-other");
        FileSystemUtils.copyRecursively(Path.of("models/riffloom-mini"), other);
        // One number in a thousand is a little more than it was.
        byte[] weights = Files.readAllBytes(other.resolve(WEIGHTS));
        for (int at = weights.length / 2; at < weights.length; at += 2_000) {
            weights[at] ^= 1;
        }
        Files.write(other.resolve(WEIGHTS), weights);
        try (ConfigurableApplicationContext context = start(other.toString());
                TestClient client = connect(context)) {
            assertThat(answer(context, "/c/" + blending, HttpRequest.newBuilder()))
                    .contains("Another model has made this");
            double guidance =
                    client.await("hello").get("defaults").get("guidance").doubleValue();
            assertThat(guidance).isNotEqualTo(2.5);
            client.send("{\"type\":\"start\",\"link\":\"" + blending + "\",\"steps\":3}");
            Received made = client.awaitClip();
            assertThat(made.recipe()).isEqualTo(original.get(4).recipe());
            assertThat(made.message().get("startSeed"))
                    .isEqualTo(original.get(4).message().get("startSeed"));
            assertThat(made.message().get("guidance").doubleValue()).isEqualTo(guidance);
            assertThat(made.audio()).isNotEqualTo(original.get(4).audio());
        }
    }
}
