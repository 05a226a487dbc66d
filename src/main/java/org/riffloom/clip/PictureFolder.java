package org.riffloom.clip;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.spectrogram.SpectrogramImageFile;
import org.riffloom.spectrogram.UnreadableImageException;

/**
 * A folder of pictures that recipes name by their files' names without {@code .png}, as in Riffusion: each may be a seed
 * image or a mask. It is looked into each time, so what the operator adds or replaces counts from the next clip on; it
 * need not exist.
 */
final class PictureFolder {

    private static final String ENDING = ".png";

    /** No separator, no dot: nothing that leads out of the folder. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final Path folder;
    private final int side;

    /** @param side in pixels that each of them must have, both ways */
    PictureFolder(Path folder, int side) {
        this.folder = folder;
        this.side = side;
    }

    /** The ids of all of them, in alphabetical order. */
    List<String> ids() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .filter(this::has)
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            // Without the right to list it, what is in it can still be named.
            return List.of();
        }
    }

    boolean has(String id) {
        return ID.matcher(id).matches() && Files.isRegularFile(folder.resolve(id + ENDING));
    }

    /**
     * Reads a picture; nothing if there is none of this id.
     *
     * @param field of the request, that names it
     * @throws InvalidRequestException if the file is no picture of the right size
     */
    Optional<BufferedImage> pixels(String id, String field) {
        if (!has(id)) {
            return Optional.empty();
        }
        String name = "The picture \"" + id + "\" of this server";
        try {
            BufferedImage picture = SpectrogramImageFile.decode(Files.readAllBytes(folder.resolve(id + ENDING)), name)
                    .image();
            if (picture.getWidth() != side || picture.getHeight() != side) {
                throw new InvalidRequestException(
                        field,
                        name + " is " + picture.getWidth() + " × " + picture.getHeight()
                                + " pixels large; this model needs " + side + " × " + side + ".");
            }
            return Optional.of(picture);
        } catch (UnreadableImageException e) {
            throw new InvalidRequestException(field, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new InvalidRequestException(field, name + " cannot be read; name another one.");
        }
    }
}
