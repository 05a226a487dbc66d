package org.riffloom.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;

/** Pictures as arrays of [height, width, 3] bytes, red first. */
final class Pixels {

    private static final int CHANNELS = 3;

    private Pixels() {}

    static NDArray array(NDManager manager, BufferedImage image) {
        Shape shape = new Shape(image.getHeight(), image.getWidth(), CHANNELS);
        return manager.create(ByteBuffer.wrap(bytes(image)), shape, DataType.UINT8);
    }

    /** The picture's colours row by row; transparency is dropped. */
    static byte[] bytes(BufferedImage image) {
        int width = image.getWidth();
        int[] row = new int[width];
        byte[] bytes = new byte[width * image.getHeight() * CHANNELS];
        int at = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int colour : row) {
                bytes[at++] = (byte) (colour >> 16);
                bytes[at++] = (byte) (colour >> 8);
                bytes[at++] = (byte) colour;
            }
        }
        return bytes;
    }

    static BufferedImage image(NDArray pixels) {
        int height = (int) pixels.getShape().get(0);
        int width = (int) pixels.getShape().get(1);
        ByteBuffer bytes = pixels.toByteBuffer();
        int[] row = new int[width];
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                row[x] = (bytes.get() & 0xFF) << 16 | (bytes.get() & 0xFF) << 8 | (bytes.get() & 0xFF);
            }
            image.setRGB(0, y, width, 1, row, 0, width);
        }
        return image;
    }
}
