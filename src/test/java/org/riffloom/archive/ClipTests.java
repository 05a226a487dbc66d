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
import java.util.Random;
import javax.imageio.ImageIO;
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
import org.riffloom.prompt.RiffPoint;
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
        archive.keep(clip, new Origin(clip.recipe(), "riffloom-mini", "", ""), Instant.now());
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
                "/clips/AAAAAAAAAAAAAAAAAAAAAA",
            })
    void areNotWhatNobodyKnows(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("\"detail\"");
    }
}
