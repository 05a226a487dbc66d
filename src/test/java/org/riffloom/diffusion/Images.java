package org.riffloom.diffusion;

import java.awt.image.BufferedImage;

/** Pictures for tests. */
final class Images {

    private Images() {}

    /** A figure of [height, width, 3] integers as a picture. */
    static BufferedImage of(Reference reference, String name) {
        int height = (int) reference.shape(name)[0];
        int width = (int) reference.shape(name)[1];
        int[] values = reference.integers(name);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, values[3 * i] << 16 | values[3 * i + 1] << 8 | values[3 * i + 2]);
        }
        return image;
    }

    static int largestDifference(BufferedImage a, BufferedImage b) {
        byte[] left = Pixels.bytes(a);
        byte[] right = Pixels.bytes(b);
        int largest = left.length == right.length ? 0 : Integer.MAX_VALUE;
        for (int i = 0; i < Math.min(left.length, right.length); i++) {
            largest = Math.max(largest, Math.abs((left[i] & 0xFF) - (right[i] & 0xFF)));
        }
        return largest;
    }
}
