package org.riffloom.spectrogram;

/**
 * Between magnitudes and the 256 values of a pixel: {@code 255 − 255 · (magnitude / maximum) ^ power}, fractions cut off.
 * White is silence, black the loudest.
 *
 * <p>Cutting off makes a magnitude that went through a pixel come back slightly larger, by up to one step. That is how
 * Riffusion's pictures were made, so it is kept.
 */
final class PixelScale {

    private final float maximum;
    private final double power;
    private final float[] magnitudes = new float[256];

    PixelScale(float maximum, double power) {
        this.maximum = maximum;
        this.power = power;
        for (int pixel = 0; pixel < magnitudes.length; pixel++) {
            magnitudes[pixel] = (float) Math.pow((255 - pixel) / 255.0, 1 / power) * maximum;
        }
    }

    /** From a pixel, 0 to 255, to a magnitude. */
    float magnitude(int pixel) {
        return magnitudes[pixel];
    }

    /** From a magnitude, 0 to the maximum, to a pixel. */
    int pixel(float magnitude) {
        if (maximum == 0) {
            return 255;
        }
        float share = Math.min(1, magnitude / maximum);
        // The default power is two square roots, many times faster than the general one.
        float curve = (float) (power == 0.25 ? Math.sqrt(Math.sqrt(share)) : Math.pow(share, power));
        return (int) (255 - curve * 255);
    }
}
