package org.riffloom.spectrogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SpectrogramImageTests {

    private static final SpectrogramParameters FORMAT = SpectrogramParameters.DEFAULT;
    private static final int BANDS = FORMAT.bands();

    @Test
    void drawsTheSamePixelsAsRiffusion() {
        float[] mel = ReferenceFiles.floats("forward-mel.f32");
        byte[] pixels = ReferenceFiles.bytes("forward-pixels.u8");
        int frames = mel.length / BANDS;
        BufferedImage image = SpectrogramImage.of(new MelSpectrogram(FORMAT, frames, new float[][] {mel}))
                .image();
        int different = 0;
        for (int t = 0; t < frames; t++) {
            for (int b = 0; b < BANDS; b++) {
                int expected = Byte.toUnsignedInt(pixels[t * BANDS + b]);
                int rgb = image.getRGB(t, BANDS - 1 - b) & 0xFFFFFF;
                assertThat(rgb).isEqualTo((rgb & 0xFF) * 0x010101);
                assertThat(Math.abs((rgb & 0xFF) - expected)).isLessThanOrEqualTo(1);
                different += (rgb & 0xFF) == expected ? 0 : 1;
            }
        }
        // A root that falls on a whole number is cut off to either side of it by its last bit.
        assertThat(different).isLessThanOrEqualTo(2);
    }

    @Test
    void readsGreenAndBlueOfAStereoImageAsNumPyDoes() throws IOException {
        SpectrogramImage image = SpectrogramImageFile.decode(ReferenceFiles.bytes("stereo.png"), "stereo.png");
        assertThat(image.parameters()).isEqualTo(FORMAT.withStereo(true));
        MelSpectrogram mel = image.toMel();
        float[] expected = ReferenceFiles.floats("stereo-mel.f32");
        assertThat(mel.frames()).isEqualTo(4);
        for (int c = 0; c < 2; c++) {
            for (int b = 0; b < BANDS; b++) {
                for (int t = 0; t < 4; t++) {
                    float reference = expected[(c * BANDS + b) * 4 + t];
                    float difference = Math.abs(mel.magnitudes()[c][t * BANDS + b] - reference);
                    assertThat(difference).isLessThanOrEqualTo(reference * 1e-6f);
                }
            }
        }
    }

    @Test
    void keepsMagnitudesToWithinOneStepOfAPixel() {
        float[][] channels = new float[2][3 * BANDS];
        for (int i = 0; i < 3 * BANDS; i++) {
            channels[0][i] = i * i;
            channels[1][i] = 5 * i;
        }
        MelSpectrogram mel = new MelSpectrogram(FORMAT.withStereo(true), 3, channels);
        SpectrogramImage image = SpectrogramImage.of(mel);
        MelSpectrogram read = image.toMel();
        double maximum = mel.maximum();
        for (int c = 0; c < 2; c++) {
            for (int i = 0; i < 3 * BANDS; i++) {
                double steps = 255
                        * (Math.pow(read.magnitudes()[c][i] / maximum, 0.25)
                                - Math.pow(channels[c][i] / maximum, 0.25));
                assertThat(steps).isBetween(-1e-3, 1.001);
            }
        }
        assertThat(image.image().getRGB(1, 7) & 0xFF0000).isZero();
    }

    @Test
    void drawsSilenceWhite() {
        MelSpectrogram silence = new MelSpectrogram(FORMAT, 1, new float[1][BANDS]);
        SpectrogramImage image = SpectrogramImage.of(silence);
        assertThat(image.image().getRGB(0, 100)).isEqualTo(0xFFFFFFFF);
        assertThat(image.toMel().maximum()).isZero();
    }

    @Test
    void refusesAnotherHeight() {
        BufferedImage low = new BufferedImage(512, 511, BufferedImage.TYPE_INT_RGB);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpectrogramImage.of(low))
                .withMessageContaining("512")
                .withMessageContaining("511");
    }
}
