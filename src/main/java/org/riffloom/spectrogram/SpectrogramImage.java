package org.riffloom.spectrogram;

import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.util.List;

/**
 * A picture of a mel spectrogram, as Riffusion draws them: one column for each frame, one row for each band with the
 * lowest at the bottom, the darker the louder. One channel is grey; of two the first is green, the second blue, and red
 * stays 0.
 *
 * @param image as high as the parameters have bands
 * @param parameters what the picture means
 * @param maximum magnitude of a black pixel
 */
public record SpectrogramImage(BufferedImage image, SpectrogramParameters parameters, float maximum) {

    /** Magnitude of a black pixel where nothing tells it, as for generated pictures. */
    public static final float DEFAULT_MAXIMUM = 30e6f;

    /** @throws IllegalArgumentException if the image's height or the maximum does not fit */
    public SpectrogramImage {
        if (image.getHeight() != parameters.bands()) {
            throw new IllegalArgumentException("A spectrogram of " + parameters.bands()
                    + " bands is as many pixels high, not " + image.getHeight() + ".");
        }
        if (!(maximum >= 0 && maximum < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("A spectrogram cannot have the largest magnitude " + maximum + ".");
        }
    }

    /** A generated picture, in the default format. */
    public static SpectrogramImage of(BufferedImage image) {
        return new SpectrogramImage(image, SpectrogramParameters.DEFAULT, DEFAULT_MAXIMUM);
    }

    /** Generated pictures of one height side by side, in the default format. */
    public static SpectrogramImage endToEnd(List<BufferedImage> pictures) {
        int width = pictures.stream().mapToInt(BufferedImage::getWidth).sum();
        BufferedImage wide = new BufferedImage(width, pictures.get(0).getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = wide.createGraphics();
        int x = 0;
        for (BufferedImage picture : pictures) {
            graphics.drawImage(picture, x, 0, null);
            x += picture.getWidth();
        }
        graphics.dispose();
        return of(wide);
    }

    /** Draws magnitudes; the largest is black. */
    public static SpectrogramImage of(MelSpectrogram spectrogram) {
        SpectrogramParameters parameters = spectrogram.parameters();
        int bands = parameters.bands();
        float maximum = spectrogram.maximum();
        PixelScale scale = new PixelScale(maximum, parameters.power());
        BufferedImage image = new BufferedImage(spectrogram.frames(), bands, BufferedImage.TYPE_INT_RGB);
        float[][] channels = spectrogram.magnitudes();
        int[] column = new int[bands];
        for (int t = 0; t < spectrogram.frames(); t++) {
            for (int b = 0; b < bands; b++) {
                int first = scale.pixel(channels[0][t * bands + b]);
                column[bands - 1 - b] =
                        parameters.stereo() ? (first << 8) | scale.pixel(channels[1][t * bands + b]) : first * 0x010101;
            }
            image.setRGB(t, 0, 1, bands, column, 0, 1);
        }
        return new SpectrogramImage(image, parameters, maximum);
    }

    /** Reads the magnitudes off the picture: of red for one channel, of green and blue for two. */
    public MelSpectrogram toMel() {
        int bands = parameters.bands();
        int frames = image.getWidth();
        PixelScale scale = new PixelScale(maximum, parameters.power());
        float[][] magnitudes = new float[parameters.channels()][frames * bands];
        int[] row = new int[frames];
        for (int c = 0; c < magnitudes.length; c++) {
            for (int b = 0; b < bands; b++) {
                samples(parameters.stereo() ? c + 1 : 0, bands - 1 - b, row);
                for (int t = 0; t < frames; t++) {
                    magnitudes[c][t * bands + b] = scale.magnitude(row[t]);
                }
            }
        }
        return new MelSpectrogram(parameters, frames, magnitudes);
    }

    /** The same with one channel, drawn in grey: of two channels their mean. */
    public SpectrogramImage toMono() {
        if (parameters.stereo()) {
            MelSpectrogram both = toMel();
            float[] mean = both.magnitudes()[0].clone();
            for (int i = 0; i < mean.length; i++) {
                mean[i] = (mean[i] + both.magnitudes()[1][i]) / 2;
            }
            return of(new MelSpectrogram(parameters.withStereo(false), both.frames(), new float[][] {mean}));
        }
        int width = image.getWidth();
        BufferedImage grey = new BufferedImage(width, image.getHeight(), BufferedImage.TYPE_INT_RGB);
        int[] row = new int[width];
        for (int y = 0; y < image.getHeight(); y++) {
            samples(0, y, row);
            for (int t = 0; t < width; t++) {
                row[t] *= 0x010101;
            }
            grey.setRGB(0, y, width, 1, row, 0, width);
        }
        return new SpectrogramImage(grey, parameters, maximum);
    }

    /** One colour of a row; grey pixels are taken as they are stored, where getRGB would bend them by a gamma curve. */
    private void samples(int colour, int y, int[] row) {
        ColorModel colours = image.getColorModel();
        if (colours.getColorSpace().getType() == ColorSpace.TYPE_GRAY) {
            image.getRaster().getSamples(0, y, row.length, 1, 0, row);
            int white = (1 << colours.getComponentSize(0)) - 1;
            for (int t = 0; t < row.length; t++) {
                row[t] = row[t] * 0xFF / white;
            }
            return;
        }
        image.getRGB(0, y, row.length, 1, row, 0, row.length);
        int shift = 16 - 8 * colour;
        for (int t = 0; t < row.length; t++) {
            row[t] = (row[t] >> shift) & 0xFF;
        }
    }
}
