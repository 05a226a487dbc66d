package org.riffloom.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.riffloom.RiffloomApplication;
import org.riffloom.clip.ModelLoading;
import org.riffloom.stream.TestClient.Received;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole application with the embedded model, ended and started again between a link and a riff from there. */
@Timeout(600)
class RiffFromHereTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder = Path.of("");

    private ConfigurableApplicationContext start() throws Exception {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(RiffloomApplication.class)
                .run("--server.port=0", "--riffloom.device=cpu", "--riffloom.archive.folder=" + folder);
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

    private static String share(ConfigurableApplicationContext context, Received... clips)
            throws IOException, InterruptedException {
        JsonNode body = JSON.createObjectNode()
                .set(
                        "clips",
                        JSON.valueToTree(Arrays.stream(clips)
                                .map(clip -> clip.message().get("id").stringValue())
                                .toList()));
        String answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://" + address(context) + "/links"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        return JSON.readTree(answer).get("id").stringValue();
    }

    private static void assertSame(Received made, Received original) {
        assertThat(made.recipe()).isEqualTo(original.recipe());
        assertThat(made.message().get("startSeed")).isEqualTo(original.message().get("startSeed"));
        assertThat(made.image()).isEqualTo(original.image());
        assertThat(made.audio()).isEqualTo(original.audio());
    }

    @Test
    void givesTheClipsThatTheOriginalStreamGaveNext() throws Exception {
        String walking;
        String blending;
        Received[] original = new Received[7];
        try (ConfigurableApplicationContext first = start();
                TestClient client = connect(first)) {
            client.send("{\"type\":\"start\",\"prompt\":\"jazz piano\",\"seed\":7,\"steps\":3}");
            for (int i = 0; i < original.length; i++) {
                if (i == 3) {
                    // From the middle of a walk, where the transition runs back from one seed to the other.
                    client.send("{\"type\":\"prompt\",\"prompt\":\"church bells\"}");
                }
                if (i >= 2) {
                    client.played(i - 2);
                }
                original[i] = client.awaitClip();
            }
            assertThat(original[3].recipe()).isEqualTo("jazz piano → church bells @0.25");
            walking = share(first, original[1]);
            blending = share(first, original[1], original[3]);
        }

        try (ConfigurableApplicationContext second = start()) {
            try (TestClient client = connect(second)) {
                client.send("{\"type\":\"start\",\"link\":\"" + blending + "\"}");
                assertSame(client.awaitClip(), original[4]);
                assertSame(client.awaitClip(), original[5]);
                assertSame(client.played(0).awaitClip(), original[6]);

                client.send("{\"type\":\"start\",\"link\":\"" + walking + "\"}");
                assertSame(client.awaitClip(), original[2]);
            }
        }
    }
}
