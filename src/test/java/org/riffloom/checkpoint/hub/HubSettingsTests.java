package org.riffloom.checkpoint.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubSettingsTests {

    @TempDir
    Path home;

    private HubSettings of(Map<String, String> environment) {
        return HubSettings.of("", "", environment, home);
    }

    @Test
    void withoutAWordTheyArePythons() {
        HubSettings settings = of(Map.of());
        assertThat(settings.endpoint()).hasToString("https://huggingface.co");
        assertThat(settings.cache()).isEqualTo(home.resolve(".cache/huggingface/hub"));
        assertThat(settings.token()).isNull();
        assertThat(settings.offline()).isFalse();
    }

    @Test
    void environmentIsReadAsPythonReadsIt() {
        assertThat(of(Map.of("XDG_CACHE_HOME", "/x")).cache()).isEqualTo(Path.of("/x/huggingface/hub"));
        assertThat(of(Map.of("HF_HOME", "/h", "XDG_CACHE_HOME", "/x")).cache()).isEqualTo(Path.of("/h/hub"));
        assertThat(of(Map.of("HF_HOME", "~/h")).cache()).isEqualTo(home.resolve("h/hub"));
        assertThat(of(Map.of("HUGGINGFACE_HUB_CACHE", "/old", "HF_HOME", "/h")).cache())
                .isEqualTo(Path.of("/old"));
        assertThat(of(Map.of("HF_HUB_CACHE", "/new", "HUGGINGFACE_HUB_CACHE", "/old"))
                        .cache())
                .isEqualTo(Path.of("/new"));
        assertThat(of(Map.of("HF_ENDPOINT", "http://mirror:81/")).endpoint()).hasToString("http://mirror:81");
        assertThat(of(Map.of("HF_HUB_OFFLINE", "1")).offline()).isTrue();
    }

    @Test
    void settingsComeBeforeTheEnvironment() {
        HubSettings settings = HubSettings.of(
                "https://hub.example.org", "/cache", Map.of("HF_ENDPOINT", "http://x", "HF_HUB_CACHE", "/y"), home);
        assertThat(settings.endpoint()).hasToString("https://hub.example.org");
        assertThat(settings.cache()).isEqualTo(Path.of("/cache"));
    }

    @Test
    void tokenIsInTheEnvironmentOrInItsFile() throws IOException {
        Path hfHome = Files.createDirectories(home.resolve("hf"));
        Files.writeString(hfHome.resolve("token"), "from-file\n");
        assertThat(of(Map.of("HF_HOME", hfHome.toString())).token()).isEqualTo("from-file");
        assertThat(of(Map.of("HF_HOME", hfHome.toString(), "HF_TOKEN", " given "))
                        .token())
                .isEqualTo("given");
        Path elsewhere = Files.writeString(home.resolve("secret"), "elsewhere");
        assertThat(of(Map.of("HF_HOME", hfHome.toString(), "HF_TOKEN_PATH", elsewhere.toString()))
                        .token())
                .isEqualTo("elsewhere");
    }

    @ParameterizedTest
    @ValueSource(strings = {"huggingface.co", "ftp://huggingface.co", "https://", "not an address"})
    void endpointThatIsNoneIsNamed(String endpoint) {
        assertThatThrownBy(() -> of(Map.of("HF_ENDPOINT", endpoint)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HF_ENDPOINT")
                .hasMessageContaining(endpoint);
    }

    @ParameterizedTest
    @CsvSource({
        "riffusion/riffusion-model-v1, riffusion/riffusion-model-v1, main",
        "a/b@v1.0, a/b, v1.0",
        "a/b@refs/pr/1, a/b, refs/pr/1"
    })
    void namesOnAHub(String text, String name, String revision) {
        assertThat(HubId.parse(text)).hasValue(new HubId(name, revision));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tiny",
                "/a/b",
                "a/b/c",
                "../b",
                "a/..",
                "./b",
                "a/b@",
                "a/b@..",
                "a/b@/x",
                "a/b@x/",
                "a/b@a/../../x",
                "a b/c",
                "a--b/c",
                "a/b.",
                "C:\\models"
            })
    void otherTextsAreNone(String text) {
        assertThat(HubId.parse(text)).isEmpty();
    }

    @Test
    void meterKnowsTheRateOfTheLastSeconds() {
        long[] now = {0};
        List<FetchProgress> heard = new ArrayList<>();
        TransferMeter meter = new TransferMeter("m", 100_000_000, heard::add, () -> now[0]);
        meter.found(50_000_000);
        for (int i = 0; i < 40; i++) {
            now[0] += Duration.ofMillis(500).toNanos();
            meter.received(i < 20 ? 100_000 : 1_000_000);
        }
        FetchProgress last = heard.get(heard.size() - 1);
        assertThat(last.bytes()).isEqualTo(72_000_000);
        assertThat(last.bytesPerSecond()).isBetween(1_800_000.0, 2_050_000.0);
        assertThat(last.left()).isBetween(Duration.ofSeconds(13), Duration.ofSeconds(16));
        assertThat(last).hasToString("72.0 MB of 100.0 MB, 2.0 MB/s, about 14 s left");
        assertThat(new FetchProgress("m", 1, 2, 0).left()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 bytes",
        "999, 999 bytes",
        "1000, 1.0 kB",
        "999949, 999.9 kB",
        "999950, 1.0 MB",
        "5500000000, 5.5 GB"
    })
    void sizesForPeople(long bytes, String text) {
        assertThat(ByteText.of(bytes)).isEqualTo(text);
    }
}
