package org.riffloom.clip;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.riffloom.checkpoint.CheckpointException;
import org.riffloom.checkpoint.SeedImageFile;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.spectrogram.SpectrogramImageFile;

/** A model's masks: white where a seed image is painted anew, black where it is kept. */
final class MaskPictures {

    private final Map<String, BufferedImage> pictures = new LinkedHashMap<>();

    private MaskPictures() {}

    /**
     * @param side in pixels that each of them must have, both ways
     * @throws CheckpointException if a file is no picture of this size
     */
    static MaskPictures read(List<SeedImageFile> files, int side) {
        MaskPictures masks = new MaskPictures();
        for (SeedImageFile file : files) {
            masks.pictures.put(file.id(), read(file, side));
        }
        return masks;
    }

    private static BufferedImage read(SeedImageFile file, int side) {
        try {
            BufferedImage picture = SpectrogramImageFile.read(file.file()).image();
            if (picture.getWidth() != side || picture.getHeight() != side) {
                throw new CheckpointException.Malformed(
                        file.file(),
                        "is " + picture.getWidth() + " × " + picture.getHeight()
                                + " pixels large; a mask of this model is " + side + " × " + side + ".");
            }
            return picture;
        } catch (IOException e) {
            throw new CheckpointException.Malformed(file.file(), "is no mask: " + e.getMessage());
        }
    }

    /** @throws InvalidRequestException if there is no mask of this id */
    BufferedImage pixels(String id) {
        BufferedImage picture = pictures.get(id);
        if (picture == null) {
            throw new InvalidRequestException(
                    "maskImage", "There is no mask image \"" + id + "\"; there are " + ids() + ".");
        }
        return picture;
    }

    /** By which requests name them. */
    List<String> ids() {
        return List.copyOf(pictures.keySet());
    }
}
