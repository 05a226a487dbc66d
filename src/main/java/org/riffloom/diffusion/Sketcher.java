package org.riffloom.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;

/**
 * Draws latents without the decoder, which takes as long as several steps: brightness as a weighted sum of the channels
 * at each place, with the weights that suit an encoded image best (least squares). Of the brightness of spectrograms,
 * averaged over the pixels of a place, that explains 95 % with the embedded model's autoencoder.
 */
final class Sketcher {

    /** Keeps the weights finite where an image has one colour only, of which nothing can be learnt. */
    private static final double RIDGE = 1e-6;

    /** One for each channel, and a constant at the end. */
    private final double[] weights;

    private Sketcher(double[] weights) {
        this.weights = weights;
    }

    /**
     * Learns from an image.
     *
     * @param latents of the image, scaled
     */
    static Sketcher of(Latents latents, BufferedImage image) {
        int unknowns = latents.channels + 1;
        double[][] sums = new double[unknowns][unknowns + 1];
        for (int y = 0; y < latents.height; y++) {
            for (int x = 0; x < latents.width; x++) {
                double[] row = latents.at(x, y);
                double wanted = brightness(image, x, y, latents);
                for (int i = 0; i < unknowns; i++) {
                    for (int j = 0; j < unknowns; j++) {
                        sums[i][j] += row[i] * row[j];
                    }
                    sums[i][unknowns] += row[i] * wanted;
                }
            }
        }
        for (int i = 0; i < unknowns; i++) {
            sums[i][i] += RIDGE * latents.width * latents.height;
        }
        return new Sketcher(solved(sums));
    }

    /** Mean brightness, 0 to 255, of the pixels that a place of the latents stands for. */
    private static double brightness(BufferedImage image, int x, int y, Latents latents) {
        int across = image.getWidth() / latents.width;
        int down = image.getHeight() / latents.height;
        double sum = 0;
        for (int rgb : image.getRGB(x * across, y * down, across, down, null, 0, across)) {
            sum += ((rgb >> 16 & 0xff) + (rgb >> 8 & 0xff) + (rgb & 0xff)) / 3.0;
        }
        return sum / (across * down);
    }

    /** Gauss–Jordan elimination; the matrix is positive definite, so no pivot is zero. */
    private static double[] solved(double[][] system) {
        int unknowns = system.length;
        for (int pivot = 0; pivot < unknowns; pivot++) {
            for (int row = 0; row < unknowns; row++) {
                if (row != pivot) {
                    double factor = system[row][pivot] / system[pivot][pivot];
                    for (int column = pivot; column <= unknowns; column++) {
                        system[row][column] -= factor * system[pivot][column];
                    }
                }
            }
        }
        double[] solution = new double[unknowns];
        for (int i = 0; i < unknowns; i++) {
            solution[i] = system[i][unknowns] / system[i][i];
        }
        return solution;
    }

    /**
     * Draws latents that may still hold noise.
     *
     * @return grey, one pixel for each place: an eighth as wide and high as the picture, with Stable Diffusion
     */
    BufferedImage draw(Latents latents) {
        BufferedImage sketch = new BufferedImage(latents.width, latents.height, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < latents.height; y++) {
            for (int x = 0; x < latents.width; x++) {
                double[] row = latents.at(x, y);
                double sum = 0;
                for (int i = 0; i < weights.length; i++) {
                    sum += weights[i] * row[i];
                }
                sketch.getRaster().setSample(x, y, 0, (int) Math.round(Math.max(0, Math.min(255, sum))));
            }
        }
        return sketch;
    }

    /** Latents in the JVM's own memory. */
    static final class Latents {

        private final float[] values;
        private final int channels;
        private final int height;
        private final int width;

        /** @param latents float32 [1, channels, height, width]; copied */
        Latents(NDArray latents) {
            Shape shape = latents.getShape();
            this.values = latents.toFloatArray();
            this.channels = (int) shape.get(1);
            this.height = (int) shape.get(2);
            this.width = (int) shape.get(3);
        }

        /** The channels at a place, and 1 for the constant. */
        double[] at(int x, int y) {
            double[] row = new double[channels + 1];
            for (int c = 0; c < channels; c++) {
                row[c] = values[(c * height + y) * width + x];
            }
            row[channels] = 1;
            return row;
        }
    }
}
