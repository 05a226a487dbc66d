package org.riffloom.clip;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.riffloom.checkpoint.CheckpointException;
import org.riffloom.checkpoint.SeedImageFile;
import org.riffloom.spectrogram.SpectrogramImageFile;

/** The pictures of a model's seed images, by id. */
final class SeedPictures {

    private SeedPictures() {}

    /**
     * @param width in columns that each of them must have
     * @throws CheckpointException if a file is not a spectrogram of this width
     */
    static Map<String, BufferedImage> read(List<SeedImageFile> files, int width) {
        Map<String, BufferedImage> pictures = new HashMap<>();
        for (SeedImageFile file : files) {
            BufferedImage picture = read(file);
            if (picture.getWidth() != width) {
                throw new CheckpointException.Malformed(
                        file.file(),
                        "is " + picture.getWidth() + " pixels wide; a seed image of this model is " + width + ".");
            }
            pictures.put(file.id(), picture);
        }
        return pictures;
    }

    private static BufferedImage read(SeedImageFile file) {
        try {
            return SpectrogramImageFile.read(file.file()).image();
        } catch (IOException e) {
            throw new CheckpointException.Malformed(file.file(), "is no seed image: " + e.getMessage());
        }
    }
}
