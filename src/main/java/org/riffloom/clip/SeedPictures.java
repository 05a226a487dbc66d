package org.riffloom.clip;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.riffloom.checkpoint.CheckpointException;
import org.riffloom.checkpoint.SeedImageFile;
import org.riffloom.spectrogram.SpectrogramParameters;

/** The pictures of a model's seed images, by id. */
final class SeedPictures {

    private SeedPictures() {}

    /** @throws CheckpointException if a file is not a picture as high as the format has bands */
    static Map<String, BufferedImage> read(List<SeedImageFile> images) {
        int bands = SpectrogramParameters.DEFAULT.bands();
        Map<String, BufferedImage> pictures = new HashMap<>();
        for (SeedImageFile image : images) {
            BufferedImage picture = read(image);
            if (picture == null) {
                throw new CheckpointException.Malformed(image.file(), "is not a picture; it must be a PNG or JPEG file.");
            }
            if (picture.getWidth() != bands || picture.getHeight() != bands) {
                throw new CheckpointException.Malformed(
                        image.file(),
                        "is " + picture.getWidth() + "×" + picture.getHeight() + " pixels; a seed image is " + bands
                                + "×" + bands + ".");
            }
            pictures.put(image.id(), picture);
        }
        return pictures;
    }

    private static @Nullable BufferedImage read(SeedImageFile image) {
        try {
            return ImageIO.read(image.file().toFile());
        } catch (IOException e) {
            throw new CheckpointException.Malformed(image.file(), "cannot be read as a picture: " + e.getMessage());
        }
    }
}
