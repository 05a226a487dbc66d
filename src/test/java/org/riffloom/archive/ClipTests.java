package org.riffloom.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.riffloom.archive.ArchivedClip.Origin;
import org.riffloom.audio.SoundReader;
import org.riffloom.audio.WaveWriter;
import org.riffloom.audio.Waveform;
import org.riffloom.clip.Clip;
import org.riffloom.clip.ClipId;
import org.riffloom.clip.EncodedMedia;
import org.riffloom.clip.ModelProperties;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.RiffDirection;
import org.riffloom.prompt.RiffPoint;
import org.riffloom.spectrogram.SpectrogramImage;
import org.riffloom.spectrogram.SpectrogramImageFile;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Single clips over HTTP: as they were sent, and not when they are forgotten. */
@SpringBootTest(classes = ClipTests.Beans.class, webEnvironment = WebEnvironment.RANDOM_PORT)
class ClipTests {

    @TempDir
    static Path folder = Path.of("");

    private final HttpClient http = HttpClient.newHttpClient();

    @Autowired
    ClipArchive archive;

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void folder(DynamicPropertyRegistry registry) {
        registry.add("riffloom.archive.folder", () -> folder.toString());
    }

    @TestConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableConfigurationProperties(ModelProperties.class)
    @ComponentScan({"org.riffloom.archive", "org.riffloom.guard"})
    static class Beans {}

    private Clip keep() throws IOException {
        Random random = new Random(7);
        float[][] samples = new float[2][22_050];
        for (float[] channel : samples) {
            for (int i = 0; i < channel.length; i++) {
                channel[i] = random.nextFloat(-1, 1);
            }
        }
        ByteArrayOutputStream wav = new ByteArrayOutputStream();
        WaveWriter.write(new Waveform(44_100, samples), wav);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(50, 512, BufferedImage.TYPE_INT_RGB), "png", png);
        Clip clip = new Clip(
                ClipId.random(),
                Interpolation.at(new RiffPoint(new Prompt("jazz piano"), "", 42, 0.75, 3), "pulse-8", 20),
                EncodedMedia.of("audio/wav", wav.toByteArray()),
                EncodedMedia.of("image/png", png.toByteArray()),
                0.5,
                0.05,
                Duration.ofSeconds(1));
        archive.keep(clip, new Origin(clip.recipe(), RiffDirection.USUAL, "riffloom-mini", "", ""), Instant.now());
        return clip;
    }

    private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    private static float[][] samples(byte[] wav) throws IOException {
        return SoundReader.read(new ByteArrayInputStream(wav), "wav", 1 << 20).channels();
    }

    @Test
    void areWhatWasSent() throws IOException, InterruptedException {
        Clip clip = keep();
        HttpResponse<byte[]> sound = get("/clips/" + clip.id() + "/sound.wav");
        assertThat(sound.statusCode()).isEqualTo(200);
        assertThat(sound.headers().firstValue("Content-Type")).hasValue("audio/wav");
        assertThat(sound.headers().firstValue("Cache-Control").orElseThrow()).contains("private");
        assertThat(samples(sound.body())).isDeepEqualTo(samples(clip.audio().toArray()));
        HttpResponse<byte[]> picture = get("/clips/" + clip.id() + "/picture.png");
        assertThat(picture.headers().firstValue("Content-Type")).hasValue("image/png");
        assertThat(picture.body()).isEqualTo(clip.image().toArray());
    }

    @Test
    void areSavedEndToEnd() throws IOException, InterruptedException {
        Clip first = keep();
        Clip second = keep();
        HttpResponse<byte[]> flac = get("/clips/sound.flac?id=" + first.id() + "&id=" + second.id());
        assertThat(flac.statusCode()).isEqualTo(200);
        assertThat(flac.headers().firstValue("Content-Type")).hasValue("audio/flac");
        assertThat(flac.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment")
                .contains("jazz-piano.flac");
        float[][] one = samples(first.audio().toArray());
        float[][] both = samples(flac.body());
        for (int c = 0; c < 2; c++) {
            assertThat(both[c]).hasSize(2 * 22_050);
            assertThat(Arrays.copyOf(both[c], 22_050)).isEqualTo(one[c]);
            assertThat(Arrays.copyOfRange(both[c], 22_050, 44_100)).isEqualTo(one[c]);
        }
        HttpResponse<byte[]> mp3 = get("/clips/sound.mp3?id=" + first.id());
        assertThat(new String(mp3.body(), StandardCharsets.ISO_8859_1))
                .startsWith("ID3")
                .contains("jazz piano");
    }

    @Test
    void areSavedAsALoop() throws IOException, InterruptedException {
        String id = keep().id().value();
        HttpResponse<byte[]> wav = get("/clips/sound.wav?loop=true&id=" + id);
        assertThat(wav.statusCode()).isEqualTo(200);
        // Made of the picture: as many steps as it has columns, and where the loop is.
        assertThat(samples(wav.body())[0]).hasSize(50 * 441);
        assertThat(new String(wav.body(), StandardCharsets.ISO_8859_1)).contains("smpl");
        assertThat(wav.headers().firstValue("Content-Disposition").orElseThrow())
                .contains("jazz-piano-loop.wav");
        HttpResponse<byte[]> mp3 = get("/clips/sound.mp3?loop=true&id=" + id);
        assertThat(mp3.statusCode()).isEqualTo(400);
        assertThat(new String(mp3.body(), StandardCharsets.UTF_8)).contains("WAV or FLAC");
    }

    @Test
    void areSavedAsAPictureWithItsRecipe() throws IOException, InterruptedException {
        HttpResponse<byte[]> png = get("/clips/picture.png?id=" + keep().id() + "&id=" + keep().id());
        assertThat(png.statusCode()).isEqualTo(200);
        SpectrogramImage image = SpectrogramImageFile.decode(png.body(), "a picture");
        assertThat(image.toMel().frames()).isEqualTo(100);
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(png.body())));
        Map<String, String> texts = new HashMap<>();
        var entries = ((IIOMetadataNode) reader.getImageMetadata(0).getAsTree("javax_imageio_1.0"))
                .getElementsByTagName("TextEntry");
        for (int i = 0; i < entries.getLength(); i++) {
            IIOMetadataNode entry = (IIOMetadataNode) entries.item(i);
            texts.put(entry.getAttribute("keyword"), entry.getAttribute("value"));
        }
        assertThat(texts).containsEntry("Title", "jazz piano");
        assertThat(texts.get("Description")).contains("seed: 42").contains("model: riffloom-mini");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/clips/sound.flac", "/clips/picture.png", "/clips/sound.flac?id="})
    void areNotSavedWithoutAName(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("1 to 12 times");
    }

    @Test
    void areNotSavedByTheDozens() throws IOException, InterruptedException {
        String ids = "id=AAAAAAAAAAAAAAAAAAAAAA&".repeat(13);
        assertThat(get("/clips/sound.flac?" + ids).statusCode()).isEqualTo(400);
    }

    @Test
    void areGoneWithTheirFiles() throws IOException, InterruptedException {
        Clip clip = keep();
        ArchivedClip archived = archive.clip(clip.id()).orElseThrow();
        Files.delete(archive.sound(archived));
        Files.delete(archive.picture(archived));
        assertThat(get("/clips/" + clip.id() + "/sound.wav").statusCode()).isEqualTo(404);
        assertThat(get("/clips/" + clip.id() + "/picture.png").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/clips/AAAAAAAAAAAAAAAAAAAAAA/sound.wav",
                "/clips/AAAAAAAAAAAAAAAAAAAAAA/picture.png",
                "/clips/short/sound.wav",
                "/clips/AAAAAAAAAAAAAAAAAAAAAA/sound.exe",
                "/clips/sound.exe?id=AAAAAAAAAAAAAAAAAAAAAA",
                "/clips/sound.flac?id=AAAAAAAAAAAAAAAAAAAAAA",
                "/clips/picture.png?id=../../etc/passwd",
                "/clips/AAAAAAAAAAAAAAAAAAAAAA",
            })
    void areNotWhatNobodyKnows(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("\"detail\"");
    }
}
