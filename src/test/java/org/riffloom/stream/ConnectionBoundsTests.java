package org.riffloom.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.riffloom.checkpoint.CheckpointException;
import org.riffloom.http.Troubles;
import org.riffloom.stream.TestClient.Received;
import tools.jackson.databind.JsonNode;

/** What keeps one client from doing harm to the server and to the others, and how a session begins and ends. */
@Timeout(120)
class ConnectionBoundsTests {

    @Test
    void saysHelloOnlyWhenTheModelIsReady() {
        try (SyntheticServer server = SyntheticServer.loading();
                TestClient client = server.connect()) {
            assertThat(client.start("too early").await("error").get("code").stringValue())
                    .isEqualTo("not-ready");
            server.model.load();
            client.await("hello");
            assertThat(client.start("jazz").awaitClip().index()).isZero();
        }
    }

    @Test
    void saysThatThereWillBeNoModel() {
        try (SyntheticServer server = SyntheticServer.loading();
                TestClient client = server.connect()) {
            server.model.failToLoad();
            JsonNode error = client.await("error");
            assertThat(error.get("code").stringValue()).isEqualTo("model-unavailable");
            assertThat(error.get("message").stringValue()).contains("the server's log says why");
            assertThat(client.awaitClose()).isEqualTo(1011);
        }
    }

    @Test
    void saysWhyThereWillBeNoModelWhereThatIsKnown() {
        try (SyntheticServer server = SyntheticServer.loading();
                TestClient client = server.connect()) {
            // Wrapped, as a stage that follows another one hands it on.
            server.model.failToLoad(new CompletionException(
                    new CheckpointException.Unsupported(Path.of("unet"), "is for Stable Diffusion XL.")));
            assertThat(client.await("error").get("message").stringValue())
                    .isEqualTo("The model could not be loaded. unet: is for Stable Diffusion XL.");
        }
    }

    @Test
    void refusesMoreListenersThanItHasPlacesFor() {
        try (SyntheticServer server = SyntheticServer.ready("riffloom.stream.max-sessions=2");
                TestClient first = server.connect().start("a");
                TestClient second = server.connect().start("b")) {
            // A client is connected before the server has counted it, and the next one may be counted first.
            soon().until(() -> server.connections() == 2);
            try (TestClient third = server.connect()) {
                assertThat(third.await("error").get("code").stringValue()).isEqualTo("queue-full");
                assertThat(third.awaitClose()).isEqualTo(1013);
            }
            first.awaitClips(2);
            second.awaitClips(2);
            second.abort();
            soon().until(() -> server.connections() == 1);
            try (TestClient third = server.connect()) {
                third.start("c").awaitClips(2);
            }
        }
    }

    @Test
    void tellsASessionThatTheQueueIsFullAndLetsItTryAgain() {
        try (SyntheticServer server = SyntheticServer.ready("riffloom.work.capacity=1");
                TestClient first = server.connect();
                TestClient second = server.connect();
                TestClient third = server.connect()) {
            server.model.hold();
            first.start("a");
            soon().until(() -> server.model.begun.size() == 1);
            second.start("b").await("queued");
            assertThat(third.start("c").await("error").get("code").stringValue())
                    .isEqualTo("queue-full");
            server.model.release();
            second.awaitClips(2);
            third.send("{\"type\":\"resume\"}").awaitClips(2);
        }
    }

    @Test
    void saysGoodbyeWhenTheServerShutsDown() {
        SyntheticServer server = SyntheticServer.ready();
        try (TestClient idle = server.connect();
                TestClient waiting = server.connect();
                TestClient playing = server.connect()) {
            server.model.hold();
            playing.start("jazz");
            soon().until(() -> server.model.begun.size() == 1);
            waiting.start("bells").await("queued");
            server.close();
            assertThat(List.of(idle.awaitClose(), waiting.awaitClose(), playing.awaitClose()))
                    .containsOnly(1001);
            // The one that waited may have had its turn for a moment, between the two goodbyes.
            assertThat(server.model.abandoned).hasValue(server.model.begun.size());
        } finally {
            server.close();
        }
    }

    @Test
    void noticesAClientThatHasGoneWithoutAWord() throws IOException {
        try (SyntheticServer server = SyntheticServer.ready(
                        "riffloom.stream.ping-interval=100ms", "riffloom.stream.idle-timeout=2s");
                TestClient alive = server.connect();
                RawClient silent = new RawClient(server.port())) {
            server.model.hold();
            silent.send("{\"type\":\"start\",\"prompt\":\"jazz\"}");
            soon().until(() -> server.model.abandoned.get() == 1);
            soon().until(() -> server.connections() == 1);
            server.model.release();
            assertThat(alive.start("bells").awaitClip().index()).isZero();
        }
    }

    @Test
    void aClientThatIsGoneBeforeItHasReadItsClipIsNoError() throws IOException {
        try (SyntheticServer server = SyntheticServer.ready();
                Troubles troubles = new Troubles();
                RawClient client = new RawClient(server.port())) {
            client.send("{\"type\":\"start\",\"prompt\":\"jazz\"}");
            soon().until(() -> server.model.ended.get() == 2);
            client.cut();
            soon().until(() -> server.connections() == 0);
            assertThat(troubles.heard()).isEmpty();
        }
    }

    @Test
    void aClientThatDoesNotReadIsClosedAndHoldsUpNobody() throws IOException {
        try (SyntheticServer server =
                        SyntheticServer.ready("riffloom.stream.buffer=1MB", "riffloom.stream.send-timeout=1s");
                TestClient reading = server.connect();
                RawClient stuck = new RawClient(server.port())) {
            reading.start("jazz").awaitClips(2);
            int riffs = 0;
            while (server.connections() == 2 && riffs < 100) {
                int begun = server.model.begun.size();
                riffs++;
                try {
                    stuck.send("{\"type\":\"start\",\"prompt\":\"bells\"}");
                } catch (IOException e) {
                    break;
                }
                soon().until(() -> server.model.begun.size() >= begun + 2 || server.connections() == 1);
            }
            soon().until(() -> server.connections() == 1);
            assertThat(reading.played(0).awaitClips(1))
                    .extracting(Received::index)
                    .containsExactly(2);
        }
    }

    @Test
    void compressesNothingThatIsCompressedAlready() {
        try (SyntheticServer server = SyntheticServer.ready();
                RawClient client = new RawClient(
                        server.port(), "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits")) {
            assertThat(client.handshake).startsWith("HTTP/1.1 101").doesNotContainIgnoringCase("extensions");
        }
    }

    @Test
    void opensOnlyForPagesOfItsOwnAndOfAllowedOrigins() {
        try (SyntheticServer server = SyntheticServer.ready("riffloom.allowed-origins=https://music.example")) {
            assertThat(status(server, "http://localhost:" + server.port())).isEqualTo("101");
            assertThat(status(server, "https://music.example")).isEqualTo("101");
            assertThat(status(server, "https://elsewhere.example")).isEqualTo("403");
            assertThat(status(server, "http://localhost:1")).isEqualTo("403");
            assertThat(status(server, "null")).isEqualTo("403");
        }
    }

    private static String status(SyntheticServer server, String origin) {
        try (RawClient client = new RawClient(server.port(), "Origin: " + origin)) {
            return client.handshake.split(" ", 3)[1];
        }
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(TestClient.BOUND_SECONDS)).pollInterval(Duration.ofMillis(5));
    }
}
