package org.riffloom.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.riffloom.http.CrampedServer;
import org.riffloom.http.RudeClient;
import org.riffloom.http.RudeClient.Farewell;
import org.riffloom.http.Troubles;
import org.riffloom.stream.SyntheticModel;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Riffusion's API over HTTP, with everything that stands between a request and the model, and a synthetic model. */
@Timeout(60)
class InferenceTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    /** Of all tests that neither set anything nor need a model that is still loading. */
    private static final ConfigurableApplicationContext SHARED = start();

    private ConfigurableApplicationContext server = SHARED;
    private SyntheticModel model = server.getBean(SyntheticModel.class);
    private int servedBefore;

    @AfterAll
    static void stop() {
        SHARED.close();
    }

    private static ConfigurableApplicationContext start(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--server.port=0", "--riffloom.work.workers=1"));
        all.addAll(List.of(arguments));
        return new SpringApplicationBuilder(Beans.class).run(all.toArray(String[]::new));
    }

    /** Has the test a server of its own. */
    private void restart(String... arguments) {
        server = start(arguments);
        model = server.getBean(SyntheticModel.class);
        servedBefore = 0;
    }

    @BeforeEach
    void forget() {
        model.forget();
        servedBefore = cramped().served();
    }

    @AfterEach
    void close() {
        model.release();
        if (server != SHARED) {
            server.close();
        }
    }

    /** As Riffusion's web app asks: JSON that is not called so. */
    @ParameterizedTest
    @ValueSource(strings = {"text/plain;charset=UTF-8", "application/json", "application/x-www-form-urlencoded"})
    void answersWithPictureAndSound(String contentType) throws Exception {
        model.load();
        HttpResponse<String> response =
                send(post("jazz piano").header("Content-Type", contentType).build());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Content-Type")).isEqualTo("application/json");
        JsonNode answer = new JsonMapper().readTree(response.body());
        assertThat(answer.propertyNames()).containsExactly("image", "audio", "duration_s");
        assertThat(answer.get("duration_s").doubleValue()).isEqualTo(5.12);
        assertThat(content(answer.get("image"), "data:image/png;base64,")).startsWith(0x89, 'P', 'N', 'G');
        assertThat(content(answer.get("audio"), "data:audio/wav;base64,")).startsWith('R', 'I', 'F', 'F');
        assertThat(model.prompts()).containsExactly("jazz piano");
    }

    private static byte[] content(JsonNode dataUrl, String begin) {
        assertThat(dataUrl.stringValue()).startsWith(begin);
        return Base64.getDecoder().decode(dataUrl.stringValue().substring(begin.length()));
    }

    @Test
    void addressesWithAndWithoutASlashAreTheSame() throws Exception {
        model.load();
        HttpRequest request = HttpRequest.newBuilder(address("/run_inference"))
                .POST(BodyPublishers.ofString(body("a")))
                .build();
        assertThat(send(request).statusCode()).isEqualTo(200);
    }

    @Test
    void onlyPostAsks() throws Exception {
        model.load();
        HttpResponse<String> response =
                send(HttpRequest.newBuilder(address("/run_inference/")).build());
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(header(response, "Allow")).isEqualTo("POST");
    }

    @Test
    void badRequestsAreToldWhy() throws Exception {
        model.load();
        HttpResponse<String> response = send(postBody("{\"alpha\": 2}").build());
        assertText(response, 400, "start is missing");
        assertThat(model.begun).isEmpty();
    }

    @Test
    void whatTheModelFindsWrongIsABadRequestToo() throws Exception {
        model.load();
        assertText(send(post("(unbalanced").build()), 400, "A bracket is not closed.");
    }

    @Test
    void largeBodiesAreNotRead() throws Exception {
        model.load();
        String body = body("a").replace("}}", ", \"comment\": \"" + "x".repeat(70_000) + "\"}}");
        assertText(send(postBody(body).build()), 413, "65536 bytes are enough");
    }

    @Test
    void aBrokenModelIsNobodysFault() throws Exception {
        model.load();
        try (Troubles troubles = new Troubles()) {
            HttpResponse<String> response = send(post("a broken model").build());
            assertText(response, 500, "could not be made");
            assertThat(response.body()).doesNotContain("on purpose");
            assertThat(troubles.heard())
                    .singleElement()
                    .asString()
                    .startsWith("ERROR ")
                    .contains("on purpose");
        }
    }

    @Test
    void comesBackWhenTheModelIsThere() throws Exception {
        restart();
        HttpResponse<String> response = send(post("a").build());
        assertText(response, 503, "still loading");
        assertThat(header(response, "Retry-After")).isEqualTo("5");
    }

    @Test
    void doesNotComeBackToAModelThatIsBroken() throws Exception {
        restart();
        model.failToLoad();
        HttpResponse<String> response = send(post("a").build());
        assertText(response, 503, "could not be loaded");
        assertThat(header(response, "Retry-After")).isEqualTo("(none)");
    }

    @Test
    void refusesWhatHasNoPlaceInTheQueue() throws Exception {
        restart("--riffloom.work.capacity=1");
        model.load();
        model.hold();
        CompletableFuture<HttpResponse<String>> first = sendAsync(post("first").build());
        await(() -> model.begun.size() == 1);
        // One of these two finds the one place to wait, whichever is faster; the other is answered at once.
        CompletableFuture<HttpResponse<String>> second =
                sendAsync(post("second").build());
        CompletableFuture<HttpResponse<String>> third = sendAsync(post("third").build());
        CompletableFuture.anyOf(second, third).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        HttpResponse<String> refused = second.isDone() ? second.get() : third.get();
        assertText(refused, 503, "Too many clips are waiting");
        assertThat(header(refused, "Retry-After")).isEqualTo("5");
        model.release();
        assertThat(first.get().statusCode()).isEqualTo(200);
        assertThat(List.of(second.get().statusCode(), third.get().statusCode())).containsExactlyInAnyOrder(200, 503);
    }

    @Test
    void refusesMoreRequestsThanMayWait() throws Exception {
        restart("--riffloom.inference.max-requests=1");
        model.load();
        model.hold();
        CompletableFuture<HttpResponse<String>> first = sendAsync(post("first").build());
        await(() -> model.begun.size() == 1);
        assertText(send(post("one too many").build()), 503, "Too many requests are waiting");
        model.release();
        assertThat(first.get().statusCode()).isEqualTo(200);
        assertThat(send(post("again").build()).statusCode()).isEqualTo(200);
    }

    @Test
    void givesUpWhatWaitsTooLong() throws Exception {
        restart("--riffloom.work.max-wait=200ms");
        model.load();
        model.hold();
        CompletableFuture<HttpResponse<String>> first = sendAsync(post("first").build());
        await(() -> model.begun.size() == 1);
        assertText(send(post("second").build()), 503, "could not be made in time");
        model.release();
        assertThat(first.get().statusCode()).isEqualTo(200);
        assertThat(model.prompts()).containsExactly("first");
    }

    @Test
    void signsOfLifeAreWhiteSpaceBeforeTheAnswer() throws Exception {
        model.load();
        model.hold();
        HttpResponse<InputStream> response = http.send(post("slow").build(), BodyHandlers.ofInputStream());
        assertThat(response.body().read()).isEqualTo(' ');
        assertThat(response.body().read()).isEqualTo(' ');
        model.release();
        JsonNode answer = new JsonMapper().readTree(response.body());
        assertThat(answer.get("duration_s").doubleValue()).isEqualTo(5.12);
    }

    @ParameterizedTest
    @EnumSource
    void abandonsTheClipOfAClientThatHangsUp(Farewell farewell) throws Exception {
        model.load();
        model.hold();
        abandonsWhatIsBegun(farewell, "\r\n\r\n1\r\n ");
    }

    /** While there is nothing yet that could be written to it. */
    @ParameterizedTest
    @EnumSource
    void abandonsTheClipBeforeItsFirstStep(Farewell farewell) throws Exception {
        model.load();
        model.holdBeforeSteps();
        abandonsWhatIsBegun(farewell, "");
    }

    private void abandonsWhatIsBegun(Farewell farewell, String heard) throws Exception {
        try (Troubles troubles = new Troubles();
                RudeClient client = new RudeClient(port())) {
            client.send(rawPost("nobody"));
            await(() -> model.begun.size() == 1);
            client.readUntil(heard);
            client.go(farewell);
            await(() -> model.abandoned.get() == 1);
            await(() -> cramped().served() == servedBefore + 1);
            assertThat(troubles.heard()).isEmpty();
        }
        model.release();
        assertThat(send(post("somebody").build()).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatHangsUpInTheQueueLeavesIt(Farewell farewell) throws Exception {
        model.load();
        model.hold();
        CompletableFuture<HttpResponse<String>> first = sendAsync(post("first").build());
        await(() -> model.begun.size() == 1);
        try (Troubles troubles = new Troubles();
                RudeClient client = new RudeClient(port())) {
            client.send(rawPost("second"));
            await(() -> threadsIn(InferenceJob.class, "await") == 2);
            client.go(farewell);
            await(() -> threadsIn(InferenceJob.class, "await") == 1);
            assertThat(troubles.heard()).isEmpty();
        }
        assertThat(first).isNotDone();
        CompletableFuture<HttpResponse<String>> third = sendAsync(post("third").build());
        await(() -> threadsIn(InferenceJob.class, "await") == 2);
        model.release();
        assertThat(first.get().statusCode()).isEqualTo(200);
        assertThat(third.get().statusCode()).isEqualTo(200);
        assertThat(model.prompts()).containsExactly("first", "third");
    }

    /** How many threads of the web server wait in a method. */
    private static long threadsIn(Class<?> type, String method) {
        return Thread.getAllStackTraces().values().stream()
                .filter(stack -> Arrays.stream(stack)
                        .anyMatch(frame -> frame.getClassName().equals(type.getName())
                                && frame.getMethodName().equals(method)))
                .count();
    }

    @Test
    void aClientThatOnlyStopsSendingIsToldWhyThereIsNoAnswer() throws Exception {
        model.load();
        model.holdBeforeSteps();
        try (RudeClient client = new RudeClient(port())) {
            client.send(rawPost("nobody"));
            client.go(Farewell.HALF);
            assertThat(client.readUntil("is there."))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("The client closed the connection before the clip was made");
        }
    }

    /** Behind its request there is more to read, but not the end of the connection: how much of its next one at once. */
    @ParameterizedTest
    @CsvSource({"0, 0", "0, 1", "0, 300", "5, 0", "5, 1", "5, 300"})
    void aClientThatAsksAheadHasNotHungUp(int heldBack, int ahead) throws Exception {
        model.load();
        model.hold();
        String first = rawPost("first");
        String second = rawPost("second");
        int atOnce = Math.min(ahead, second.length());
        try (RudeClient client = new RudeClient(port())) {
            if (heldBack > 0) {
                client.send(first.substring(0, first.length() - heldBack));
                await(() -> threadsIn(Client.class, "body") == 1);
            }
            client.send(first.substring(heldBack > 0 ? first.length() - heldBack : 0) + second.substring(0, atOnce));
            // A sign of life: the server has looked after its client once.
            client.readUntil("\r\n\r\n1\r\n ");
            client.send(second.substring(atOnce));
            client.readUntil("1\r\n ");
            model.release();
            client.readUntil("\"duration_s\":5.12}");
            assertThat(client.readUntil("HTTP/1.1 200 ")).endsWith("HTTP/1.1 200 ");
            assertThat(client.readUntil("\"duration_s\":5.12}")).endsWith("\"duration_s\":5.12}");
        }
        assertThat(model.prompts()).containsExactly("first", "second");
    }

    @Test
    void aFailureAfterTheAnswerHasBegunCutsTheConnection() throws Exception {
        restart("--riffloom.inference.timeout=1500ms");
        model.load();
        model.hold();
        try (Troubles troubles = new Troubles()) {
            assertThatThrownBy(() -> send(post("endless").build())).isInstanceOf(IOException.class);
            await(() -> model.abandoned.get() == 1);
            await(() -> cramped().served() == servedBefore + 1);
            assertThat(troubles.heard())
                    .singleElement()
                    .asString()
                    .startsWith("WARN ")
                    .contains("An answer that had begun is cut: The clip could not be made in time");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip"})
    void aClientThatIsGoneBeforeItsAnswerIsReadIsNoError(String encoding) throws Exception {
        model.load();
        try (Troubles troubles = new Troubles();
                RudeClient client = new RudeClient(port())) {
            client.send(rawPost("nobody", "Accept-Encoding: " + encoding));
            assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
            client.go(Farewell.RESET);
            await(() -> cramped().served() == servedBefore + 1);
            assertThat(troubles.heard()).isEmpty();
        }
    }

    @Test
    void aClientThatIsGoneBeforeItHasAskedIsNoError() throws Exception {
        model.load();
        try (Troubles troubles = new Troubles();
                RudeClient client = new RudeClient(port())) {
            String request = rawPost("nobody");
            client.send(request.substring(0, request.length() - 5));
            client.go(Farewell.RESET);
            await(() -> cramped().served() == servedBefore + 1);
            assertThat(troubles.heard()).isEmpty();
        }
    }

    @Test
    void pagesOfOtherOriginsMustBeNamed() throws Exception {
        model.load();
        HttpResponse<String> refused =
                send(post("a").header("Origin", "https://app.example").build());
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("riffloom.allowed-origins");
        assertThat(model.begun).isEmpty();

        restart("--riffloom.allowed-origins=https://app.example");
        model.load();
        HttpResponse<String> allowed =
                send(post("a").header("Origin", "https://app.example").build());
        assertThat(allowed.statusCode()).isEqualTo(200);
        assertThat(header(allowed, "Access-Control-Allow-Origin")).isEqualTo("https://app.example");
    }

    private static void assertText(HttpResponse<String> response, int status, String text) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(header(response, "Content-Type")).isEqualTo("text/plain;charset=UTF-8");
        assertThat(response.body()).contains(text);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    private static String body(String prompt) {
        return "{\"alpha\": 0.25, \"start\": {\"prompt\": \"" + prompt
                + "\", \"seed\": 1}, \"end\": {\"prompt\": \"b\", \"seed\": 2}}";
    }

    private HttpRequest.Builder post(String prompt) {
        return postBody(body(prompt));
    }

    private HttpRequest.Builder postBody(String body) {
        return HttpRequest.newBuilder(address("/run_inference/"))
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofString(body));
    }

    /** A request as it is on the wire. */
    private static String rawPost(String prompt, String... headers) {
        String body = body(prompt);
        String lines = "POST /run_inference/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length() + "\r\n";
        for (String header : headers) {
            lines += header + "\r\n";
        }
        return lines + "\r\n" + body;
    }

    private int port() {
        WebServerApplicationContext web = (WebServerApplicationContext) server;
        return Objects.requireNonNull(web.getWebServer()).getPort();
    }

    private CrampedServer cramped() {
        return server.getBean(CrampedServer.class);
    }

    private URI address(String path) {
        return URI.create("http://localhost:" + port() + path);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString());
    }

    private CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest request) {
        return http.sendAsync(request, BodyHandlers.ofString());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("(none)");
    }

    @TestConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @ComponentScan({"org.riffloom.work", "org.riffloom.inference", "org.riffloom.guard"})
    static class Beans {
        @Bean
        SyntheticModel syntheticModel() {
            return new SyntheticModel();
        }

        @Bean
        CrampedServer crampedServer() {
            return new CrampedServer();
        }
    }
}
