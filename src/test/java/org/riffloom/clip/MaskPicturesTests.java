package org.riffloom.clip;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.riffloom.checkpoint.SeedImageFile;

/** What can be seen of masks. */
class MaskPicturesTests {

    private static final int SIDE = 512;

    @TempDir
    private Path folder;

    @Test
    void theModelsOwnAreShownAsTheyAreAndTheOperatorsAreOnlyNamed() throws IOException {
        BufferedImage half = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < SIDE; x++) {
            half.setRGB(x, 1, 0xffffff);
        }
        Path file = folder.resolve("own.png");
        ImageIO.write(half, "png", file.toFile());
        Path added = Files.createDirectory(folder.resolve("added"));
        ImageIO.write(half, "png", added.resolve("theirs.png").toFile());

        MaskPictures masks = MaskPictures.read(
                List.of(new SeedImageFile("top", "Top", 0, file)), SIDE, new PictureFolder(added, SIDE));

        assertThat(masks.ids()).containsExactly("top", "theirs");
        EncodedMedia picture = masks.picture("top").orElseThrow();
        assertThat(picture.mediaType()).isEqualTo("image/png");
        BufferedImage seen = ImageIO.read(new ByteArrayInputStream(picture.toArray()));
        for (int y = 0; y < SIDE; y++) {
            assertThat(seen.getRGB(3, y) & 0xffffff).isEqualTo(y == 1 ? 0xffffff : 0);
        }
        assertThat(masks.picture("theirs")).isEmpty();
        assertThat(masks.picture("none")).isEmpty();
    }
}
