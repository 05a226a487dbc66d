package org.riffloom.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.riffloom.audio.SoundReader;
import org.riffloom.clip.OwnPictures.Kept;
import org.riffloom.prompt.InvalidRequestException;
import org.springframework.util.unit.DataSize;

class OwnPicturesTests {

    private static final int SIDE = OwnPictures.SIDE;
    private static final String NOWHERE = "own-AAAAAAAAAAAAAAAAAAAAAA";

    @TempDir
    Path folder = Path.of("");

    private OwnPictures pictures;
    private SeedPictures all;

    @BeforeEach
    void open() {
        pictures = OwnPictures.of(
                new ModelProperties("", "riffloom-mini", "cpu", 1, ""),
                new OwnPictureProperties(
                        folder.resolve("own").toString(),
                        Duration.ofDays(30),
                        DataSize.ofGigabytes(1),
                        Duration.ofMinutes(10)));
        all = SeedPictures.read(List.of(), SIDE, new PictureFolder(folder.resolve("added"), SIDE), pictures);
    }

    /** One dark line, of a tone. */
    private static BufferedImage picture(int line) {
        BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                picture.setRGB(x, y, y == line ? 0x101010 : 0xF0F0F0);
            }
        }
        return picture;
    }

    private Set<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("own"))) {
            return Set.copyOf(files.map(file -> file.getFileName().toString()).toList());
        }
    }

    @Test
    void canBeNamedSeenAndHeardByWhoKnowsTheIdAndIsListedNowhere() throws IOException {
        SeedImage own = pictures.keep(picture(200));
        assertThat(own.id()).matches("own-[A-Za-z0-9_-]{22}");
        assertThat(all.has(own.id())).isTrue();
        BufferedImage pixels = all.pixels(own.id());
        assertThat(pixels.getRGB(7, 200)).isEqualTo(0xFF101010);
        assertThat(pixels.getRGB(7, 201)).isEqualTo(0xFFF0F0F0);
        EncodedMedia png = all.picture(own.id()).orElseThrow();
        assertThat(png.fingerprint()).isEqualTo(own.version());
        assertThat(ImageIO.read(new ByteArrayInputStream(png.toArray())).getRGB(7, 200))
                .isEqualTo(0xFF101010);
        EncodedMedia sound = all.sound(own.id()).orElseThrow();
        assertThat(SoundReader.read(new ByteArrayInputStream(sound.toArray()), "a sound", 1 << 20)
                        .length())
                .isEqualTo(SIDE * 441);

        assertThat(all.ids()).isEmpty();
        assertThat(all.all()).isEmpty();
        assertThatThrownBy(() -> all.pixels(NOWHERE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageNotContaining(own.id());
    }

    @Test
    void theSamePictureIsTheSameSeedImage() throws IOException {
        SeedImage first = pictures.keep(picture(200));
        Set<String> files = files();
        assertThat(pictures.keep(picture(200))).isEqualTo(first);
        assertThat(files()).isEqualTo(files).hasSize(2);
        assertThat(pictures.keep(picture(201)).id()).isNotEqualTo(first.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {NOWHERE, "own-../../../../etc/passwd", "own-", "", "own-AAAAAAAAAAAAAAAAAAAAA/"})
    void isNothingThatWasNotBrought(String id) throws IOException {
        pictures.keep(picture(200));
        assertThat(all.has(id)).isFalse();
        assertThat(all.picture(id)).isEmpty();
        assertThat(all.sound(id)).isEmpty();
    }

    @Test
    void usingOneIsWrittenDown() throws IOException {
        SeedImage own = pictures.keep(picture(200));
        Path file = folder.resolve("own/" + own.id() + ".png");
        Instant longAgo = Instant.parse("2020-01-01T00:00:00Z");
        Files.setLastModifiedTime(file, FileTime.from(longAgo));
        Kept kept = pictures.all().get(0);
        assertThat(kept.usedAt()).isEqualTo(longAgo);
        assertThat(kept.bytes()).isEqualTo(Files.size(file) + Files.size(folder.resolve("own/" + own.id() + ".flac")));

        all.pixels(own.id());
        assertThat(pictures.all().get(0).usedAt()).isAfter(longAgo);
        // It was about to be forgotten, and then it was used.
        assertThat(pictures.forget(kept)).isFalse();
        assertThat(pictures.has(own.id())).isTrue();
        assertThat(pictures.forget(pictures.all().get(0))).isTrue();
        assertThat(files()).isEmpty();
    }

    @Test
    void aDamagedFileIsSaidToBeOne() throws IOException {
        SeedImage own = pictures.keep(picture(200));
        Files.writeString(folder.resolve("own/" + own.id() + ".png"), "no picture");
        assertThatThrownBy(() -> all.pixels(own.id()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("Bring it again")
                .hasMessageNotContaining(folder.toString());
    }

    @Test
    void whatAKilledProcessLeavesIsCleanedAway() throws IOException {
        SeedImage own = pictures.keep(picture(200));
        Set<String> whole = files();
        Path upload = pictures.unfinished();
        Files.writeString(folder.resolve("own/" + NOWHERE + ".flac"), "its picture was not written any more");
        Files.writeString(folder.resolve("own/" + own.id() + ".png123.part"), "half");
        assertThat(pictures.clean(Instant.now().minusSeconds(3600))).isZero();
        assertThat(upload).exists();
        assertThat(pictures.clean(Instant.now().plusSeconds(3600))).isEqualTo(3);
        assertThat(files()).isEqualTo(whole);
    }
}
