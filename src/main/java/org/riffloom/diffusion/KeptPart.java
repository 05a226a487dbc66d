package org.riffloom.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * The part of a seed image that a mask keeps, put back after every step. As in Riffusion it is the image's latents with
 * the very noise that the walk began with, and the mask is read at the latents' resolution, from the pixel in the middle
 * of each square.
 *
 * @param keep float32 [1, 1, height, width], 1 where the image is kept
 * @param paint likewise, 1 where it is painted anew
 */
record KeptPart(ImageLatents image, NDArray keep, NDArray paint) {

    /** @param mask as large as the picture that the latents are of */
    static KeptPart of(NDManager manager, ImageLatents image, BufferedImage mask) {
        Shape latents = image.noise().getShape();
        int height = (int) latents.get(2);
        int width = (int) latents.get(3);
        float[] keep = new float[height * width];
        float[] paint = new float[keep.length];
        for (int i = 0; i < keep.length; i++) {
            int x = (2 * (i % width) + 1) * mask.getWidth() / (2 * width);
            int y = (2 * (i / width) + 1) * mask.getHeight() / (2 * height);
            keep[i] = 1 - brightness(mask, x, y);
            paint[i] = 1 - keep[i];
        }
        Shape shape = new Shape(1, 1, height, width);
        return new KeptPart(image, manager.create(keep, shape), manager.create(paint, shape));
    }

    /** 0 to 1 in steps of 1/255; of colours, their luminance in ITU-R BT.601's integers. */
    private static float brightness(BufferedImage mask, int x, int y) {
        Raster raster = mask.getRaster();
        if (raster.getNumBands() <= 2 && !(mask.getColorModel() instanceof IndexColorModel)) {
            // Java takes grey for linear light and getRGB would brighten it.
            return raster.getSample(x, y, 0)
                    / (float) ((1 << raster.getSampleModel().getSampleSize(0)) - 1);
        }
        int colour = mask.getRGB(x, y);
        int red = (colour >> 16) & 0xFF;
        int green = (colour >> 8) & 0xFF;
        int blue = colour & 0xFF;
        return ((19_595 * red + 38_470 * green + 7_471 * blue + 0x8000) >> 16) / 255f;
    }
}
