package org.riffloom.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.riffloom.archive.ArchivedClip.Origin;
import org.riffloom.audio.SoundReader;
import org.riffloom.audio.WaveWriter;
import org.riffloom.audio.Waveform;
import org.riffloom.clip.Clip;
import org.riffloom.clip.ClipId;
import org.riffloom.clip.EncodedMedia;
import org.riffloom.clip.FixedMasks;
import org.riffloom.clip.LoadedModel;
import org.riffloom.clip.ModelInfo;
import org.riffloom.clip.ModelLoading;
import org.riffloom.clip.ModelProperties;
import org.riffloom.inference.NoSeedImages;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.LoraWeights;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.PromptMix;
import org.riffloom.prompt.RiffDirection;
import org.riffloom.prompt.RiffPoint;
import org.riffloom.prompt.RiffSettings;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Links over HTTP: shared, opened, heard, taken back, and asked for in ways that nobody should. */
@SpringBootTest(
        classes = LinkTests.Beans.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "riffloom.links.shares-per-client=1000",
            "riffloom.links.files-per-client=1000",
            "server.forward-headers-strategy=framework"
        })
class LinkTests {

    private static final String MARKUP = "jazz <script>alert(1)</script> \"piano\" & {{bells}}";
    private static final String FINGERPRINT = "7c".repeat(32);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    static Path folder = Path.of("");

    private final HttpClient http = HttpClient.newHttpClient();

    @Autowired
    ClipArchive archive;

    @Autowired
    Loading model;

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void folder(DynamicPropertyRegistry registry) {
        registry.add("riffloom.archive.folder", () -> folder.toString());
    }

    @TestConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableConfigurationProperties(ModelProperties.class)
    @ComponentScan({"org.riffloom.archive", "org.riffloom.guard", "org.riffloom.web"})
    static class Beans {
        @Bean
        Loading loading() {
            return new Loading();
        }
    }

    /** A model that makes nothing, and is loaded when a test says so. */
    static final class Loading implements ModelLoading {

        private volatile CompletableFuture<LoadedModel> model = new CompletableFuture<>();

        @Override
        public CompletionStage<LoadedModel> model() {
            return model;
        }

        void plays(String name, String fingerprint) {
            model = CompletableFuture.completedFuture(new LoadedModel(
                    fingerprint,
                    new ModelInfo(
                            name,
                            44_100,
                            5.12,
                            new RiffSettings(42, null, 0.75, 7, 25, ""),
                            List.of(),
                            List.of(),
                            new LoraWeights(Map.of())),
                    new NoSeedImages(),
                    new FixedMasks(List.of()),
                    () -> {
                        throw new AssertionError("no clip is needed to show a link");
                    },
                    (recipe, progress) -> {
                        throw new AssertionError("no clip is needed to show a link");
                    }));
        }
    }

    private record Kept(ClipId id, byte[] wav) {}

    private Kept keep(String prompt, int frequency) throws IOException {
        return keep(PromptMix.of(new Prompt(prompt)), frequency);
    }

    private Kept keep(PromptMix prompt, int frequency) throws IOException {
        float[] samples = new float[22_050];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.4 * Math.sin(2 * Math.PI * frequency * i / 44_100));
        }
        ByteArrayOutputStream wav = new ByteArrayOutputStream();
        WaveWriter.write(new Waveform(44_100, new float[][] {samples}), wav);
        BufferedImage picture = new BufferedImage(50, 512, BufferedImage.TYPE_INT_RGB);
        picture.createGraphics().fillRect(0, 0, 50, 256);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", png);
        RiffPoint point = new RiffPoint(prompt, "", 42, 0.75, 3);
        Clip clip = new Clip(
                ClipId.random(),
                Interpolation.at(point, "pulse-8", 20),
                EncodedMedia.of("audio/wav", wav.toByteArray()),
                EncodedMedia.of("image/png", png.toByteArray()),
                0.5,
                0.05,
                Duration.ofSeconds(1));
        archive.keep(
                clip, new Origin(clip.recipe(), RiffDirection.USUAL, "riffloom-mini", FINGERPRINT, ""), Instant.now());
        return new Kept(clip.id(), wav.toByteArray());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofByteArray());
    }

    private HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return http.send(
                request("/links")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private JsonNode share(Kept... clips) throws IOException, InterruptedException {
        String ids = Stream.of(clips).map(clip -> "\"" + clip.id() + "\"").collect(Collectors.joining(","));
        HttpResponse<String> answer = post("{\"clips\":[" + ids + "]}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode link = JSON.readTree(answer.body());
        assertThat(answer.headers().firstValue("Location"))
                .hasValue(link.get("url").asString());
        return link;
    }

    private HttpResponse<String> delete(String id, String key) throws IOException, InterruptedException {
        return http.send(
                request("/links/" + id)
                        .header("Authorization", "Bearer " + key)
                        .DELETE()
                        .build(),
                BodyHandlers.ofString());
    }

    private static String path(JsonNode link) {
        return URI.create(link.get("url").asString()).getPath();
    }

    private static List<String> contents(String html, String property) {
        Matcher tags = Pattern.compile("<meta (?:property|name)=\"" + property + "\" content=\"([^\"]*)\">")
                .matcher(html);
        return tags.results().map(tag -> tag.group(1)).toList();
    }

    @Test
    void playsWhatWasHeardByteForByte() throws IOException, InterruptedException {
        Kept first = keep("jazz piano", 440);
        Kept second = keep("church bells", 660);
        JsonNode one = share(first);
        byte[] wav = get(path(one) + "/sound.wav").body();
        assertThat(wav).contains("LIST".getBytes(StandardCharsets.US_ASCII));
        assertThat(SoundReader.read(new ByteArrayInputStream(wav), "wav", 1 << 20)
                        .channels()[0])
                .isEqualTo(SoundReader.read(new ByteArrayInputStream(first.wav()), "wav", 1 << 20)
                        .channels()[0]);

        JsonNode both = share(first, second);
        for (String ending : List.of("wav", "flac", "opus")) {
            HttpResponse<byte[]> file = get(path(both) + "/sound." + ending);
            assertThat(SoundReader.read(new ByteArrayInputStream(file.body()), ending, 1 << 20)
                            .seconds())
                    .as(ending)
                    .isCloseTo(1.0, within(1e-9));
        }
        HttpResponse<byte[]> mp3 = get(path(both) + "/sound.mp3?download");
        assertThat(mp3.headers().firstValue("Content-Type")).hasValue("audio/mpeg");
        assertThat(mp3.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment;")
                .contains("jazz-piano-church-bells.mp3");
        assertThat(SoundReader.read(new ByteArrayInputStream(mp3.body()), "mp3", 1 << 20)
                        .seconds())
                .isBetween(1.0, 1.1);
    }

    @Test
    void answersForPartsOfASound() throws IOException, InterruptedException {
        JsonNode link = share(keep("jazz piano", 440));
        byte[] whole = get(path(link) + "/sound.flac").body();
        HttpResponse<byte[]> part = http.send(
                request(path(link) + "/sound.flac")
                        .header("Range", "bytes=100-199")
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole, 100, 200));
        HttpResponse<byte[]> beyond = http.send(
                request(path(link) + "/sound.flac")
                        .header("Range", "bytes=99999999-")
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(beyond.statusCode()).isEqualTo(416);
    }

    @Test
    void tellsPreviewsWhatTheyAskFor() throws IOException, InterruptedException {
        JsonNode link = share(keep("jazz piano", 440));
        String url = link.get("url").asString();
        String html = new String(get(path(link)).body(), StandardCharsets.UTF_8);
        assertThat(contents(html, "og:title")).containsExactly("jazz piano");
        assertThat(contents(html, "og:url")).containsExactly(url);
        assertThat(contents(html, "og:image")).containsExactly(url + "/card.jpg");
        assertThat(contents(html, "og:audio")).containsExactly(url + "/sound.mp3");
        assertThat(contents(html, "twitter:card")).containsExactly("summary_large_image");
        BufferedImage card = ImageIO.read(
                new ByteArrayInputStream(get(path(link) + "/card.jpg").body()));
        assertThat(List.of(card.getWidth(), card.getHeight())).containsExactly(1200, 630);
        assertThat(contents(html, "og:image:width")).containsExactly("1200");
        assertThat(contents(html, "og:image:type")).containsExactly("image/jpeg");

        JsonNode oembed = JSON.readTree(get("/oembed?url=" + URLEncoder.encode(url, StandardCharsets.UTF_8))
                .body());
        assertThat(oembed.get("title").asString()).isEqualTo("jazz piano");
        assertThat(oembed.get("url").asString()).isEqualTo(url + "/card.jpg");
        assertThat(html).contains("json+oembed");
    }

    /** As scrapers do, who come by the proxy's address and need whole ones. */
    @Test
    void addressesAreTheProxysWhereItSaysSo() throws IOException, InterruptedException {
        JsonNode link = share(keep("jazz piano", 440));
        HttpResponse<String> page = http.send(
                request(path(link))
                        .header("X-Forwarded-Proto", "https")
                        .header("X-Forwarded-Host", "music.example")
                        .header("X-Forwarded-Prefix", "/riff")
                        .build(),
                BodyHandlers.ofString());
        String url = "https://music.example/riff" + path(link);
        assertThat(contents(page.body(), "og:url")).containsExactly(url);
        assertThat(contents(page.body(), "og:image")).containsExactly(url + "/card.jpg");
        assertThat(contents(page.body(), "og:audio")).containsExactly(url + "/sound.mp3");
        assertThat(page.body())
                .contains("href=\"https://music.example/riff/oembed?url=" + url + "\"")
                .contains("href=\"https://music.example/riff/link.css\"")
                .doesNotContain("localhost");
    }

    @Test
    void showsAMixAndLeadsBackToIt() throws IOException, InterruptedException {
        PromptMix mix = PromptMix.of(List.of(
                new PromptMix.Part(new Prompt("jazz & blues"), 0.75),
                new PromptMix.Part(new Prompt("church bells"), 0.25)));
        JsonNode link = share(keep(mix, 440));
        String html = new String(get(path(link)).body(), StandardCharsets.UTF_8);
        assertThat(contents(html, "og:title")).containsExactly("75 % jazz &amp; blues + 25 % church bells");
        assertThat(html.replace("&#x3D;", "="))
                .contains("prompt=jazz%20%26%20blues&amp;prompt=church%20bells&amp;seed=42"
                        + "&amp;weight=0.75&amp;weight=0.25");
    }

    @Test
    void leadsToThePlayerAndTellsOfTheModel() throws IOException, InterruptedException {
        JsonNode link = share(keep("jazz piano & bells", 440));
        String html = new String(get(path(link)).body(), StandardCharsets.UTF_8);
        assertThat(html)
                .contains("/?link&#x3D;" + link.get("id").asString())
                .contains("&amp;prompt&#x3D;jazz%20piano%20%26%20bells&amp;seed&#x3D;42\"")
                .contains("<dt>fingerprint</dt><dd>" + FINGERPRINT + "</dd>")
                .doesNotContain("Another model");
        assertThat(LinkPage.of(
                                archive.link(new LinkId(link.get("id").asString()))
                                        .orElseThrow(),
                                "/",
                                null)
                        .otherModel())
                .isNull();
        model.plays("other", "7d".repeat(32));
        assertThat(new String(get(path(link)).body(), StandardCharsets.UTF_8))
                .contains("Another model has made this than the one that plays here now, other:");
        model.plays("renamed", FINGERPRINT);
        assertThat(new String(get(path(link)).body(), StandardCharsets.UTF_8)).doesNotContain("Another model");
    }

    @Test
    void showsMarkupAsText() throws IOException, InterruptedException {
        JsonNode link = share(keep(MARKUP, 440));
        HttpResponse<byte[]> page = get(path(link));
        String html = new String(page.body(), StandardCharsets.UTF_8);
        assertThat(html)
                .doesNotContain("<script>alert")
                .contains("jazz &lt;script&gt;alert(1)&lt;/script&gt; &quot;piano&quot; &amp; {{bells}}");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'");
    }

    @Test
    void isTakenBackByItsOwnerOnly() throws IOException, InterruptedException {
        JsonNode link = share(keep("jazz piano", 440));
        String id = link.get("id").asString();
        assertThat(delete(id, ClipId.random().value()).statusCode()).isEqualTo(404);
        assertThat(delete(id, "").statusCode()).isEqualTo(404);
        assertThat(get(path(link)).statusCode()).isEqualTo(200);
        assertThat(delete(id, link.get("key").asString()).statusCode()).isEqualTo(204);
        HttpResponse<byte[]> page = get(path(link));
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(new String(page.body(), StandardCharsets.UTF_8)).contains("This music is not here");
        assertThat(get(path(link) + "/sound.wav").statusCode()).isEqualTo(404);
        assertThat(get(path(link) + "/card.jpg").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "[]|400|must be a JSON object",
                "{}|400|clips is missing",
                "{\"clips\":\"all\"}|400|a list of the ids of clips",
                "{\"clips\":[]}|400|1 to 12 different clips",
                "{\"clips\":[\"../../../../etc/passw\"]}|400|22 characters",
                "{\"clips\":[\"AAAAAAAAAAAAAAAAAAAAAA\",\"AAAAAAAAAAAAAAAAAAAAAA\"]}|400|different clips",
                "{\"clips\":[\"AAAAAAAAAAAAAAAAAAAAAA\"]}|404|has no clip AAAAAAAAAAAAAAAAAAAAAA any more",
            })
    void refusesToShare(String body, int status, String why) throws IOException, InterruptedException {
        HttpResponse<String> answer = post(body);
        assertThat(answer.statusCode()).isEqualTo(status);
        String detail = JSON.readTree(answer.body()).get("detail").asString();
        assertThat(detail).contains(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/c/AAAAAAAAAAAAAAAAAAAAAA",
                "/c/short",
                "/c/..%2f..%2fetc%2fpasswd",
                "/c/AAAAAAAAAAAAAAAAAAAAAA/sound.wav",
                "/c/AAAAAAAAAAAAAAAAAAAAAA/sound.exe",
                "/c/AAAAAAAAAAAAAAAAAAAAAA/card.jpg",
                "/c/AAAAAAAAAAAAAAAAAAAAAA%00",
                "/oembed?url=https://elsewhere.example/c/AAAAAAAAAAAAAAAAAAAAAA",
                "/oembed",
            })
    void findsNothingWhereNothingIs(String path) throws IOException, InterruptedException {
        assertThat(get(path).statusCode()).isBetween(400, 499);
    }

    @Test
    void peopleGetAPageWhereNothingIsAndProgramsAProblem() throws IOException, InterruptedException {
        HttpResponse<byte[]> page = http.send(
                request("/nowhere").header("Accept", "text/html,*/*;q=0.8").build(), BodyHandlers.ofByteArray());
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(new String(page.body(), StandardCharsets.UTF_8)).contains("There is nothing here");
        HttpResponse<byte[]> problem = get("/nowhere");
        assertThat(problem.statusCode()).isEqualTo(404);
        assertThat(problem.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }
}
