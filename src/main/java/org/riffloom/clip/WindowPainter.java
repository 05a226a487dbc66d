package org.riffloom.clip;

import java.awt.image.BufferedImage;
import org.jspecify.annotations.Nullable;
import org.riffloom.spectrogram.MelSpectrogram;
import org.riffloom.spectrogram.SpectrogramImage;
import org.riffloom.spectrogram.SpectrogramParameters;

/** Paints one window of a sound's columns anew, on from what was painted before. */
final class WindowPainter {

    private static final SpectrogramParameters FORMAT = SpectrogramParameters.DEFAULT;
    private static final int BANDS = FORMAT.bands();

    private final Painter painter;
    private final Repainting repainting;
    private final float[] keptBands;

    WindowPainter(Painter painter, Repainting repainting) {
        this.painter = painter;
        this.repainting = repainting;
        this.keptBands = repainting.kept().ofBands(FORMAT);
    }

    /**
     * Paints a window.
     *
     * @param number of the window, for its seed
     * @param first column of the window in the sound
     * @param columns of the sound, as many as a picture is wide, column after column
     * @param before what the first columns have become already
     * @param painted how many of them
     * @return what the columns become; the first {@code painted} of them are close to what they were, not the same
     */
    float[] paint(int number, long first, float[] columns, float[] before, int painted, StepProgress progress) {
        float[] known = columns.clone();
        System.arraycopy(before, 0, known, 0, painted * BANDS);
        int width = columns.length / BANDS;
        SpectrogramImage image = SpectrogramImage.of(new MelSpectrogram(FORMAT, width, new float[][] {known}));
        if (image.maximum() == 0) {
            return known;
        }
        float[] kept = kept(first, width);
        BufferedImage picture =
                painter.repaint(repainting.recipe(number), image.image(), mask(kept, width, painted), progress);
        float[] made =
                new SpectrogramImage(picture, FORMAT, image.maximum()).toMel().magnitudes()[0];
        for (int i = 0; i < made.length; i++) {
            made[i] += kept[i] * (columns[i] - made[i]);
        }
        return made;
    }

    private float[] kept(long first, int width) {
        float[] kept = new float[width * BANDS];
        for (int t = 0; t < width; t++) {
            float column = repainting.kept().ofColumn(first + t, FORMAT);
            for (int b = 0; b < BANDS; b++) {
                kept[t * BANDS + b] = Math.max(column, keptBands[b]);
            }
        }
        return kept;
    }

    /** Black where something is kept or painted already. */
    private @Nullable BufferedImage mask(float[] kept, int width, int painted) {
        if (painted == 0 && repainting.kept().isNothing()) {
            return null;
        }
        BufferedImage mask = new BufferedImage(width, BANDS, BufferedImage.TYPE_BYTE_GRAY);
        for (int t = 0; t < width; t++) {
            for (int b = 0; b < BANDS; b++) {
                float share = t < painted ? 1 : kept[t * BANDS + b];
                mask.getRaster().setSample(t, BANDS - 1 - b, 0, Math.round(255 * (1 - share)));
            }
        }
        return mask;
    }
}
