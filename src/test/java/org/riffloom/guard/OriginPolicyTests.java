package org.riffloom.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginPolicyTests {

    private final OriginPolicy policy = new OriginPolicy(List.of("https://Music.example/", "http://localhost:3000"));

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080, http, localhost, 8080",
        "http://LOCALHOST:8080, http, localhost, 8080",
        "http://riffloom.example, http, riffloom.example, 80",
        "https://riffloom.example, https, riffloom.example, 443",
        "https://riffloom.example:8443, https, riffloom.example, 8443",
        "http://[::1]:8080, http, [::1], 8080",
    })
    void allowsItsOwnPages(String origin, String scheme, String host, int port) {
        assertThat(policy.allows(origin, scheme, host, port)).isTrue();
    }

    @Test
    void allowsItsOwnPagesBehindAProxyThatSpeaksTls() {
        assertThat(policy.allows("https://riffloom.example", "http", "riffloom.example", 80))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://music.example", "https://MUSIC.example", "http://localhost:3000"})
    void allowsWhatIsListed(String origin) {
        assertThat(policy.allows(origin, "http", "localhost", 8080)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8081",
                "http://localhost",
                "https://evil.example",
                "http://localhost.evil.example:8080",
                "http://localhost:8080@evil.example",
                "http://music.example",
                "https://music.example.evil.example",
                "file://localhost:8080",
                "null",
                "",
                "*",
                "not an origin",
            })
    void refusesForeignPages(String origin) {
        assertThat(policy.allows(origin, "http", "localhost", 8080)).isFalse();
    }

    @Test
    void allowsProgramsWhichNameNoOrigin() {
        assertThat(policy.allows(null, "http", "localhost", 8080)).isTrue();
    }

    @Test
    void allowsAllPagesIfToldSo() {
        assertThat(new OriginPolicy(List.of("*")).allows("https://evil.example", "http", "localhost", 8080))
                .isTrue();
    }
}
