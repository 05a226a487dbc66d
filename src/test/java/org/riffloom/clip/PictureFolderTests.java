package org.riffloom.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.riffloom.prompt.InvalidRequestException;

class PictureFolderTests {

    private static final int SIDE = 512;

    @TempDir
    Path folder = Path.of("");

    private static void write(Path file, int width) throws IOException {
        ImageIO.write(new BufferedImage(width, SIDE, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    }

    @Test
    void needNotExist() {
        PictureFolder pictures = new PictureFolder(folder.resolve("nowhere"), SIDE);
        assertThat(pictures.ids()).isEmpty();
        assertThat(pictures.has("og_beat")).isFalse();
        assertThat(pictures.pixels("og_beat", "seedImage")).isEmpty();
    }

    @Test
    void findsWhatIsAddedMeanwhile() throws IOException {
        PictureFolder pictures = new PictureFolder(folder.resolve("added"), SIDE);
        assertThat(pictures.has("og_beat")).isFalse();
        Files.createDirectory(folder.resolve("added"));
        write(folder.resolve("added/og_beat.png"), SIDE);
        write(folder.resolve("added/mask_top.png"), SIDE);
        Files.writeString(folder.resolve("added/README.md"), "no picture");
        Files.createDirectory(folder.resolve("added/folder.png"));
        write(folder.resolve("added/a name that cannot be written.png"), SIDE);
        assertThat(pictures.ids()).containsExactly("mask_top", "og_beat");
        assertThat(pictures.pixels("og_beat", "seedImage")).isPresent();
        Files.delete(folder.resolve("added/og_beat.png"));
        assertThat(pictures.pixels("og_beat", "seedImage")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../secret", "..\\secret", "added/../../secret", "/etc/passwd", ".", "..", "", "a\0b", "se cret"
            })
    void neverLooksElsewhere(String id) throws IOException {
        write(folder.resolve("secret.png"), SIDE);
        write(Files.createDirectory(folder.resolve("added")).resolve("og_beat.png"), SIDE);
        PictureFolder pictures = new PictureFolder(folder.resolve("added"), SIDE);
        assertThat(pictures.has(id)).isFalse();
        assertThat(pictures.pixels(id, "seedImage")).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithAPicture() throws IOException {
        write(folder.resolve("narrow.png"), 256);
        Files.writeString(folder.resolve("text.png"), "not a picture");
        PictureFolder pictures = new PictureFolder(folder, SIDE);
        assertThatThrownBy(() -> pictures.pixels("narrow", "seedImage"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("256 × 512")
                .hasMessageNotContaining(folder.toString());
        assertThatThrownBy(() -> pictures.pixels("text", "maskImage"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("neither a PNG nor a JPEG")
                .hasMessageNotContaining(folder.toString());
    }
}
