package org.riffloom.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.riffloom.clip.LoadingProgress;
import tools.jackson.databind.JsonNode;

class LoadingTests {

    @Test
    void clientsFollowTheDownloadUntilTheModelIsThere() {
        try (SyntheticServer server = SyntheticServer.loading()) {
            server.model.fetch(new LoadingProgress("org/tiny", 1_000, 5_000, 0, null));
            try (TestClient client = server.connect()) {
                JsonNode first = client.await("loading");
                assertThat(first.get("model").stringValue()).isEqualTo("org/tiny");
                assertThat(first.get("bytes").longValue()).isEqualTo(1_000);
                assertThat(first.get("totalBytes").longValue()).isEqualTo(5_000);
                assertThat(first.has("secondsLeft")).isFalse();

                server.model.fetch(new LoadingProgress("org/tiny", 2_000, 5_000, 1_500, 2L));
                JsonNode next = client.await("loading");
                while (next.get("bytes").longValue() < 2_000) {
                    next = client.await("loading");
                }
                assertThat(next.get("bytesPerSecond").longValue()).isEqualTo(1_500);
                assertThat(next.get("secondsLeft").longValue()).isEqualTo(2);

                server.model.load();
                client.await("hello");
                client.start("jazz piano");
                assertThat(client.awaitClip().index()).isZero();
            }
        }
    }
}
