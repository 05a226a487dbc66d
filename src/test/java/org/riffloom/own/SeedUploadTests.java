package org.riffloom.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.riffloom.cli.HostileFiles.FLOAT;
import static org.riffloom.cli.HostileFiles.PCM;
import static org.riffloom.cli.HostileFiles.RATE;
import static org.riffloom.cli.HostileFiles.ascii;
import static org.riffloom.cli.HostileFiles.chunk;
import static org.riffloom.cli.HostileFiles.floats;
import static org.riffloom.cli.HostileFiles.png;
import static org.riffloom.cli.HostileFiles.wave;
import static org.riffloom.own.SeedFiles.darkest;
import static org.riffloom.own.SeedFiles.encoded;
import static org.riffloom.own.SeedFiles.picture;
import static org.riffloom.own.SeedFiles.wav;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.riffloom.clip.KeptClips;
import org.riffloom.clip.ModelProperties;
import org.riffloom.clip.OwnPictureProperties;
import org.riffloom.clip.OwnPictures;
import org.riffloom.spectrogram.SpectrogramImage;
import org.riffloom.spectrogram.SpectrogramImageFile;
import org.riffloom.spectrogram.SpectrogramParameters;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files over HTTP, such as people bring and such as nobody should. */
@SpringBootTest(
        classes = SeedUploadTests.Beans.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "riffloom.uploads.per-client=1000",
            "riffloom.uploads.all=1000",
            "riffloom.uploads.sound-size=6MB",
            "riffloom.uploads.picture-size=2MB"
        })
@Timeout(120)
class SeedUploadTests {

    private static final int SIDE = OwnPictures.SIDE;

    @TempDir
    static Path folder = Path.of("");

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void folder(DynamicPropertyRegistry registry) {
        registry.add("riffloom.own-images.folder", () -> folder.toString());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableConfigurationProperties({ModelProperties.class, OwnPictureProperties.class})
    @ComponentScan({"org.riffloom.own", "org.riffloom.guard"})
    static class Beans {
        @Bean
        OwnPictures pictures(ModelProperties settings, OwnPictureProperties properties) {
            return OwnPictures.of(settings, properties);
        }

        @Bean
        KeptClips clips() {
            return Set::of;
        }
    }

    private HttpRequest.Builder request(byte[] file) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/seed-images"))
                .POST(BodyPublishers.ofByteArray(file));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> bring(byte[] file, String query) throws IOException, InterruptedException {
        return send(request(file).uri(URI.create("http://localhost:" + port + "/seed-images" + query)));
    }

    private static JsonNode accepted(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JsonMapper.shared().readTree(answer.body());
    }

    private String id(byte[] file) throws IOException, InterruptedException {
        return accepted(bring(file, "")).get("id").asString();
    }

    private static BufferedImage kept(String id) throws IOException {
        return ImageIO.read(folder.resolve(id + ".png").toFile());
    }

    @AfterEach
    void nothingIsLeftOver() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
        }
    }

    @Test
    void makesASoundIntoASeedImage() throws Exception {
        HttpResponse<String> answer = bring(wav(8, 1_000), "");
        JsonNode seed = accepted(answer);
        String id = seed.get("id").asString();
        assertThat(id).matches("own-[A-Za-z0-9_-]{22}");
        assertThat(seed.get("title").asString()).isEqualTo("Your own");
        assertThat(seed.get("beats").intValue()).isZero();
        assertThat(seed.get("image").asString()).startsWith("seed-images/" + id + ".png?v=");
        assertThat(seed.get("sound").asString()).isEqualTo("seed-images/" + id + ".wav");
        assertThat(answer.headers().firstValue("Location"))
                .hasValue("/" + seed.get("image").asString());

        BufferedImage picture = kept(id);
        assertThat(picture.getWidth()).isEqualTo(SIDE);
        assertThat(picture.getHeight()).isEqualTo(SIDE);
        // 1000 Hz are 1000 mel of 3073, which 512 bands share.
        for (int column = 0; column < SIDE; column += 73) {
            assertThat(SIDE - darkest(picture, column)).isBetween(164, 171);
        }
        assertThat(id(wav(8, 1_000))).isEqualTo(id);
        assertThat(id(wav(8, 1_100))).isNotEqualTo(id);
    }

    @Test
    void beginsWhereItIsTold() throws Exception {
        byte[] sound = wav(6, 440, 3_520);
        BufferedImage first = kept(id(sound));
        String later = accepted(bring(sound, "?from=6.5")).get("id").asString();
        // What is too near to the end begins again.
        String looped = accepted(bring(sound, "?from=5")).get("id").asString();
        assertThat(darkest(kept(later), 256)).isLessThan(darkest(first, 256) - 100);
        assertThat(darkest(kept(looped), 20)).isEqualTo(darkest(first, 20));
        assertThat(darkest(kept(looped), 300)).isEqualTo(darkest(kept(later), 300));
    }

    @Test
    void whatIsShortComesAgainAndAgain() throws Exception {
        BufferedImage picture = kept(id(wav(0.64, 440, 1_760)));
        for (int column = 10; column < 118; column++) {
            for (int again = column + 128; again < 500; again += 128) {
                assertThat(darkest(picture, again)).as("column %d", again).isEqualTo(darkest(picture, column));
            }
        }
        assertThat(darkest(picture, 32)).isGreaterThan(darkest(picture, 96) + 50);
    }

    @Test
    void takesPicturesAsTheyAre() throws Exception {
        String id = id(encoded(picture(100), "png"));
        BufferedImage kept = kept(id);
        assertThat(kept.getRGB(5, 100)).isEqualTo(0xFF000000);
        assertThat(kept.getRGB(5, 101)).isEqualTo(0xFFE0E0E0);
        // Of another program, and with other tags, but the same to see.
        BufferedImage grey = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < SIDE * SIDE; i++) {
            grey.getRaster().setSample(i % SIDE, i / SIDE, 0, i / SIDE == 100 ? 0 : 0xE0);
        }
        assertThat(id(encoded(grey, "png"))).isEqualTo(id);
        assertThat(id(SpectrogramImageFile.encodePng(
                        new SpectrogramImage(picture(100), SpectrogramParameters.DEFAULT, 1234))))
                .isEqualTo(id);
        assertThat(darkest(kept(id(encoded(picture(100), "jpeg"))), 5)).isEqualTo(100);
    }

    @Test
    void mixesBothChannelsOfAPicture() throws Exception {
        BufferedImage stereo = picture(100);
        for (int x = 0; x < SIDE; x++) {
            // Red says nothing; green and blue are left and right.
            stereo.setRGB(x, 100, 0xE0E0E0);
            stereo.setRGB(x, 200, 0xE000E0);
            stereo.setRGB(x, 300, 0xE0E080);
        }
        BufferedImage kept = kept(id(SpectrogramImageFile.encodePng(
                new SpectrogramImage(stereo, SpectrogramParameters.DEFAULT.withStereo(true), 1e7f))));
        assertThat(darkest(kept, 5)).isEqualTo(200);
        assertThat(kept.getRGB(5, 300) & 0xFF).isLessThan(kept.getRGB(5, 299) & 0xFF);
    }

    /** The type that a client names is none of its business; and of a form nothing is read as fields. */
    @ParameterizedTest
    @ValueSource(strings = {"image/png", "text/html", "application/x-www-form-urlencoded", "nonsense"})
    void tellsWhatAFileIsByItsBytes(String type) throws Exception {
        byte[] sound = wav(6, 700);
        assertThat(accepted(send(request(sound).header("Content-Type", type)))
                        .get("id")
                        .asString())
                .isEqualTo(id(sound));
    }

    /** A framework may have read it as one before anybody looks at it. */
    @Test
    void saysThatItTakesNoForms() throws Exception {
        byte[] form = ascii(
                "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n\r\nRIFF\r\n--x--\r\n");
        HttpResponse<String> answer = send(request(form).header("Content-Type", "multipart/form-data; boundary=x"));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("no form");
    }

    @Test
    void takesFilesWhoseLengthIsNotTold() throws Exception {
        byte[] sound = wav(6, 700);
        assertThat(accepted(send(request(sound)
                                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(sound)))))
                        .get("id")
                        .asString())
                .isEqualTo(id(sound));
    }

    private record Lie(String name, byte[] bytes, String query, int status, String answer) {

        Lie(String name, byte[] bytes, int status, String answer) {
            this(name, bytes, "", status, answer);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Lie> lies() {
        byte[] some = new byte[50_000];
        byte[] sound = wav(6, 440);
        byte[] picture = encoded(picture(100), "png");
        byte[] tag = {'I', 'D', '3', 4, 0, 0, 0x5F, 0x5F, 0x5F, 0x5F};
        return Stream.of(
                new Lie("empty", new byte[0], 400, "There is no file"),
                new Lie("text", ascii("just a text"), 415, "not a sound file of a known kind: WAV"),
                new Lie("markup", ascii("<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"), 415, "WAV, FLAC"),
                new Lie("another kind of picture", encoded(picture(9), "gif"), 415, "known kind"),
                new Lie("sound cut short", Arrays.copyOf(sound, 100_000), 415, "it is cut short"),
                new Lie("header alone", Arrays.copyOf(sound, 44), 415, "it is cut short"),
                new Lie("half a header", Arrays.copyOf(sound, 20), 415, "ends in the middle of its header"),
                new Lie("a tag of 200 MB", concat(tag, new byte[3_000]), 415, "it is cut short"),
                new Lie("no channels", wave(PCM, 0, RATE, 16, some, 50_000), 415, "0 channels; 1 to 8"),
                new Lie("65535 channels", wave(PCM, 65_535, RATE, 16, some, 50_000), 415, "65535 channels"),
                new Lie("not a number", floats(Float.NaN), 415, "samples that are not finite numbers"),
                new Lie("infinite", floats(Float.POSITIVE_INFINITY), 415, "samples that are not finite numbers"),
                new Lie(
                        "8 hours",
                        wave(PCM, 1, 8_000, 16, some, 8 * 3600 * 8_000 * 2),
                        422,
                        "it lasts 8.0 hours; at most 3"),
                new Lie(
                        "one sample",
                        wave(PCM, 1, RATE, 16, new byte[] {1, 2}, 2),
                        422,
                        "lasts 0.00 s; a seed image takes"),
                new Lie("a touch", wav(0.4, 440), 422, "lasts 0.40 s; a seed image takes at least 0.5 s, and 5.12 s"),
                new Lie("beyond its end", sound, "?from=6.2", 422, "lasts 6.00 s; from where it is to begin"),
                new Lie("silent", wave(PCM, 1, RATE, 16, new byte[500_000], 500_000), 422, "are silent"),
                new Lie("silent, but not at 0", constant(), 422, "are silent"),
                new Lie("before its beginning", sound, "?from=-1", 400, "a number from 0 to 600"),
                new Lie("ages after its beginning", sound, "?from=1e9", 400, "a number from 0 to 600"),
                new Lie("from nowhere", sound, "?from=NaN", 400, "a number from 0 to 600"),
                new Lie("from words", sound, "?from=the+start", 400, "a number from 0 to 600"),
                new Lie("30000 x 30000", png(30_000, 30_000, 300), 422, "30000 × 30000 pixels large; a seed image is"),
                new Lie("30000 x 30000, all of it", png(30_000, 30_000, 30_000), 413, "larger than 6 MB"),
                new Lie("in words only", pixels(1 << 30, deflated(1 << 20)), 422, "1073741824 × 1073741824"),
                new Lie("too wide", png(1024, 512, 512), 422, "1024 × 512"),
                new Lie("rows missing", png(512, 512, 100), 415, "the image is damaged"),
                new Lie("no pixels at all", png(512, 512, 0), 415, "the image is damaged"),
                new Lie(
                        "picture cut short",
                        Arrays.copyOf(picture, picture.length - 20),
                        415,
                        "the image is cut short"),
                new Lie("JPEG cut short", half(encoded(picture(100), "jpeg")), 415, "the image is cut short"),
                new Lie(
                        "a picture too large",
                        concat(picture, new byte[2 << 20]),
                        413,
                        "The picture is larger than 2 MB"),
                new Lie("too large", concat(sound, new byte[6 << 20]), 413, "The file is larger than 6 MB"),
                new Lie("of another format", otherFormat(), 422, "a column each 20 ms"));
    }

    private static byte[] constant() {
        float[] samples = new float[6 * RATE];
        Arrays.fill(samples, 0.5f);
        return wav(samples);
    }

    private static byte[] half(byte[] file) {
        return Arrays.copyOf(file, file.length / 2);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }

    private static byte[] otherFormat() {
        SpectrogramParameters usual = SpectrogramParameters.DEFAULT;
        return SpectrogramImageFile.encodePng(new SpectrogramImage(
                picture(100),
                new SpectrogramParameters(
                        usual.sampleRate(),
                        20,
                        usual.windowMillis(),
                        usual.paddedMillis(),
                        usual.bands(),
                        usual.minFrequency(),
                        usual.maxFrequency(),
                        usual.power(),
                        false),
                1e7f));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void saysWhatIsWrongAndGoesOn(Lie lie) throws Exception {
        List<Path> before = files();
        HttpResponse<String> answer = bring(lie.bytes(), lie.query());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(lie.status());
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(JsonMapper.shared().readTree(answer.body()).get("detail").asString())
                .contains(lie.answer())
                .doesNotContain(folder.toString());
        assertThat(files()).isEqualTo(before);
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** Gigabytes of zeros in places where nobody looks. Whether such a picture is taken does not matter. */
    static Map<String, byte[]> bombs() {
        byte[] bomb = deflated(1 << 30);
        return Map.of(
                "a text", png(512, 512, 512, chunk("zTXt", concat(ascii("Comment\0\0"), bomb))),
                "a profile", png(512, 512, 512, chunk("iCCP", concat(ascii("profile\0\0"), bomb))),
                "an international text", png(512, 512, 512, chunk("iTXt", concat(ascii("Comment\0\1\0\0\0"), bomb))),
                "pixels", pixels(512, bomb));
    }

    private static byte[] deflated(int zeros) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            byte[] block = new byte[1 << 20];
            for (int i = 0; i < zeros / block.length; i++) {
                deflater.write(block);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** A square PNG with these packed pixels. */
    private static byte[] pixels(int side, byte[] packed) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        file.writeBytes(chunk(
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(side)
                        .putInt(side)
                        .put(new byte[] {8, 2, 0, 0, 0})
                        .array()));
        file.writeBytes(chunk("IDAT", packed));
        file.writeBytes(chunk("IEND", new byte[0]));
        return file.toByteArray();
    }

    @Test
    void isNotFilledByWhatUnpacksToGigabytes() throws Exception {
        for (Map.Entry<String, byte[]> bomb : bombs().entrySet()) {
            assertThat(bring(bomb.getValue(), "").statusCode())
                    .as(bomb.getKey())
                    .isIn(201, 415);
        }
        assertThat(id(wav(6, 440))).startsWith("own-");
    }

    /** Of what is behind the seconds that count, nothing is read. */
    @Test
    void takesWhatIsDamagedLater() throws Exception {
        byte[] samples = ByteBuffer.allocate(4 * 7 * RATE)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(4 * 1_000, 0.5f)
                .putFloat(4 * 7 * RATE - 4, Float.NaN)
                .array();
        accepted(bring(wave(FLOAT, 1, RATE, 32, samples, samples.length), ""));
    }

    @Test
    void takesNothingFromPagesOfOthers() throws Exception {
        List<Path> before = files();
        HttpResponse<String> answer = send(request(wav(6, 5_000)).header("Origin", "https://elsewhere.example"));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(files()).isEqualTo(before);
        accepted(send(request(wav(6, 5_000)).header("Origin", "http://localhost:" + port)));
    }
}
