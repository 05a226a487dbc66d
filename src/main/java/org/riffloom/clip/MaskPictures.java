package org.riffloom.clip;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.riffloom.checkpoint.CheckpointException;
import org.riffloom.checkpoint.SeedImageFile;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.spectrogram.SpectrogramImageFile;

/** A model's masks, and those that the operator has added. */
final class MaskPictures implements MaskImages {

    private final Map<String, BufferedImage> pictures = new LinkedHashMap<>();

    /** As files, of those that somebody has looked at. */
    private final Map<String, EncodedMedia> files = new ConcurrentHashMap<>();

    private final PictureFolder added;

    private MaskPictures(PictureFolder added) {
        this.added = added;
    }

    /**
     * @param side in pixels that each of them must have, both ways
     * @param added by the operator; the model's own come first where both have an id
     * @throws CheckpointException if a file is no picture of this size
     */
    static MaskPictures read(List<SeedImageFile> files, int side, PictureFolder added) {
        MaskPictures masks = new MaskPictures(added);
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

    /** @throws InvalidRequestException if there is no mask of this id, or the operator's cannot be used */
    BufferedImage pixels(String id) {
        BufferedImage picture = pictures.get(id);
        if (picture != null) {
            return picture;
        }
        return added.pixels(id, "maskImage")
                .orElseThrow(() -> new InvalidRequestException(
                        "maskImage", "There is no mask image \"" + id + "\"; there are " + ids() + "."));
    }

    /** Those that come with the model. */
    List<String> own() {
        return List.copyOf(pictures.keySet());
    }

    @Override
    public List<String> ids() {
        return Stream.concat(pictures.keySet().stream(), added.ids().stream())
                .distinct()
                .toList();
    }

    @Override
    public boolean has(String id) {
        return pictures.containsKey(id) || added.has(id);
    }

    @Override
    public Optional<EncodedMedia> picture(String id) {
        return Optional.ofNullable(pictures.get(id))
                .map(picture -> files.computeIfAbsent(id, unseen -> EncodedMedia.png(picture)));
    }
}
