package org.riffloom.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@SpringBootTest(classes = GuardTests.Beans.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class GuardTests {

    private static final String VERSIONLESS = "/webjars/three/build/three.module.min.js";
    private static final String VERSIONED = "/webjars/three/0.181.1/build/three.module.min.js";

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(strings = {VERSIONLESS, VERSIONED, "/nothing/here"})
    void putsSecurityHeadersOnEveryResponse(String path) throws Exception {
        HttpResponse<String> response = send(request(path));
        assertThat(header(response, "Content-Security-Policy"))
                .contains("default-src 'none'", "connect-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(response, "X-Frame-Options")).isEqualTo("DENY");
        assertThat(header(response, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(header(response, "Permissions-Policy")).contains("microphone=(self)");
    }

    @Test
    void letsBrowsersKeepWhatHasItsVersionInItsAddress() throws Exception {
        HttpResponse<String> response = send(request(VERSIONED));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Cache-Control")).isEqualTo("max-age=31536000, public, immutable");
        assertThat(header(response, "Content-Type")).contains("javascript");
    }

    @Test
    void answersWithNotModifiedAsLongAsTheContentIsTheSame() throws Exception {
        HttpResponse<String> first = send(request(VERSIONLESS));
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(header(first, "Cache-Control")).isEqualTo("no-cache");
        HttpResponse<String> second = send(request(VERSIONLESS).header("If-None-Match", header(first, "ETag")));
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
        assertThat(send(request(VERSIONLESS).header("If-None-Match", "W/\"other\""))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void compressesText() throws Exception {
        HttpResponse<String> response = send(request(VERSIONLESS).header("Accept-Encoding", "gzip"));
        assertThat(header(response, "Content-Encoding")).isEqualTo("gzip");
    }

    @Test
    void refusesForeignPagesToChangeAnything() throws Exception {
        HttpRequest.BodyPublisher nothing = HttpRequest.BodyPublishers.noBody();
        assertThat(send(request("/x").POST(nothing).header("Origin", "https://elsewhere.example"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(send(request("/x").POST(nothing).header("Origin", "http://localhost:" + port))
                        .statusCode())
                .isNotEqualTo(403);
        assertThat(send(request(VERSIONLESS).header("Origin", "https://elsewhere.example"))
                        .statusCode())
                .isEqualTo(200);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("(none)");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(GuardConfiguration.class)
    static class Beans {}
}
