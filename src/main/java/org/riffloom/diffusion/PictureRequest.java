package org.riffloom.diffusion;

import java.awt.image.BufferedImage;
import org.jspecify.annotations.Nullable;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.InvalidRequestException;

/**
 * A recipe with the pictures that it names.
 *
 * @param seedImage to start from, RGB, its sides multiples of 8 times the UNet's halvings (64 pixels for Stable
 *     Diffusion); {@code null} to start from noise alone, whatever {@code recipe.seedImage()} names
 * @param maskImage as large as the seed image; what is white is painted anew, what is black kept, and grey mixes them.
 *     {@code null} to paint all of it, whatever {@code recipe.maskImage()} names
 * @param likeness whether the picture is to be like the seed image in what seeds otherwise vary, its loudness and
 *     brightness: the seed image is then not where a picture begins, but what it is made of
 */
public record PictureRequest(
        Interpolation recipe,
        @Nullable BufferedImage seedImage,
        @Nullable BufferedImage maskImage,
        boolean likeness) {

    /** @throws InvalidRequestException if there is a mask of nothing, or of another size */
    public PictureRequest {
        if (maskImage != null && seedImage == null) {
            throw new InvalidRequestException("maskImage", "A mask says what of a seed image is kept; there is none.");
        }
        if (maskImage != null
                && seedImage != null
                && (maskImage.getWidth() != seedImage.getWidth() || maskImage.getHeight() != seedImage.getHeight())) {
            throw new InvalidRequestException(
                    "maskImage",
                    "The mask is " + maskImage.getWidth() + "×" + maskImage.getHeight() + " pixels; it must be as large"
                            + " as the seed image, " + seedImage.getWidth() + "×" + seedImage.getHeight() + ".");
        }
    }

    /** A picture that seeds vary in all respects. */
    public PictureRequest(Interpolation recipe, @Nullable BufferedImage seedImage, @Nullable BufferedImage maskImage) {
        this(recipe, seedImage, maskImage, false);
    }

    /** A picture from noise alone, or where there is a seed image from all of it. */
    public static PictureRequest of(Interpolation recipe, @Nullable BufferedImage seedImage) {
        return new PictureRequest(recipe, seedImage, null);
    }
}
