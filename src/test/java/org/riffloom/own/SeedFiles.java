package org.riffloom.own;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import org.riffloom.audio.WaveWriter;
import org.riffloom.audio.Waveform;
import org.riffloom.clip.OwnPictures;

/** Files that listeners may bring. */
final class SeedFiles {

    static final int RATE = 44_100;

    private SeedFiles() {}

    /** A WAV file of tones, each for some seconds. */
    static byte[] wav(double seconds, double... hertz) {
        int each = (int) (seconds * RATE);
        float[] samples = new float[each * hertz.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.4 * Math.sin(2 * Math.PI * hertz[i / each] * i / RATE));
        }
        return wav(samples);
    }

    static byte[] wav(float[] samples) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            WaveWriter.write(new Waveform(RATE, new float[][] {samples}), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** A grey picture with one dark line. */
    static BufferedImage picture(int line) {
        BufferedImage picture = new BufferedImage(OwnPictures.SIDE, OwnPictures.SIDE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < OwnPictures.SIDE; y++) {
            for (int x = 0; x < OwnPictures.SIDE; x++) {
                picture.setRGB(x, y, y == line ? 0 : 0xE0E0E0);
            }
        }
        return picture;
    }

    static byte[] encoded(BufferedImage picture, String format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, format, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** The row of a column with the darkest pixel. */
    static int darkest(BufferedImage picture, int column) {
        int darkest = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            if ((picture.getRGB(column, y) & 0xFF) < (picture.getRGB(column, darkest) & 0xFF)) {
                darkest = y;
            }
        }
        return darkest;
    }
}
