package org.riffloom.archive;

import java.awt.image.BufferedImage;
import java.util.List;
import org.riffloom.spectrogram.MelScale;

/**
 * How loud music is at each moment and pitch, as the page shows it: every octave as wide as the next, and what is no more
 * than the noise of a picture left out.
 */
final class LoudnessField {

    /** As many columns as the page has in view. */
    private static final int MOST_COLUMNS = 1_200;

    private static final int BANDS = 256;

    /** The axis of pitch, and the upper end of a picture's, in Hz. */
    private static final double LOWEST = 50;

    private static final double HIGHEST = 10_000;

    /** Columns and bands between the two places whose difference is a slope. */
    private static final double BESIDE = 2;

    private final float[] loudness;
    private final int columns;

    private LoudnessField(float[] loudness, int columns) {
        this.loudness = loudness;
        this.columns = columns;
    }

    /**
     * The beginning, as far as it can be seen at once.
     *
     * @param pictures of clips in their order, low notes at the bottom; dark is loud
     */
    static LoudnessField of(List<BufferedImage> pictures) {
        int all = pictures.stream().mapToInt(BufferedImage::getWidth).sum();
        int columns = Math.min(MOST_COLUMNS, all);
        float[] loudness = new float[columns * BANDS];
        int first = 0;
        for (BufferedImage picture : pictures) {
            for (int band = 0; band < BANDS; band++) {
                double line = line(band, picture.getHeight());
                for (int x = 0; x < picture.getWidth() && first + x < columns; x++) {
                    loudness[(first + x) * BANDS + band] = (float) lift(energy(picture, x, line));
                }
            }
            first += picture.getWidth();
        }
        return new LoudnessField(loudness, columns);
    }

    /** Where a band lies in a picture, in lines from its lower edge. */
    private static double line(int band, int height) {
        double hertz = LOWEST * Math.pow(HIGHEST / LOWEST, (band + 0.5) / BANDS);
        double part = MelScale.fromHertz(hertz) / MelScale.fromHertz(HIGHEST);
        return Math.max(0, Math.min(height - 1, part * height - 0.5));
    }

    /** Between the two lines that the one asked for lies between; 0 to 1. */
    private static double energy(BufferedImage picture, int x, double line) {
        int height = picture.getHeight();
        int below = (int) line;
        double share = line - below;
        int lower = picture.getRGB(x, height - 1 - below) >> 8 & 0xff;
        int upper = picture.getRGB(x, Math.max(0, height - 2 - below)) >> 8 & 0xff;
        return 1 - ((1 - share) * lower + share * upper) / 255;
    }

    /** A picture is a fourth root, which lifts the noise to a haze; this lets the music stand out of it. */
    private static double lift(double energy) {
        double above = LinkCard.smooth(0.22, 0.97, energy);
        return above * (0.35 + 0.65 * above);
    }

    /**
     * The loudness at a moment and a pitch.
     *
     * @param time 0 for the first column to 1 for the last one
     * @param pitch 0 for the lowest to 1 for the highest
     * @return 0 to 1
     */
    double loud(double time, double pitch) {
        return at(time * (columns - 1), pitch * (BANDS - 1));
    }

    /** How it rises towards what comes later, and towards higher notes: what a light from there falls on. */
    double slope(double time, double pitch) {
        double column = time * (columns - 1);
        double band = pitch * (BANDS - 1);
        return 1.5 * (at(column + BESIDE, band) - at(column - BESIDE, band))
                + 0.5 * (at(column, band + BESIDE) - at(column, band - BESIDE));
    }

    private double at(double column, double band) {
        double x = Math.max(0, Math.min(columns - 1, column));
        double y = Math.max(0, Math.min(BANDS - 1, band));
        int left = Math.min((int) x, Math.max(0, columns - 2));
        int low = Math.min((int) y, BANDS - 2);
        int right = Math.min(left + 1, columns - 1);
        double early = mix(loudness[left * BANDS + low], loudness[left * BANDS + low + 1], y - low);
        double late = mix(loudness[right * BANDS + low], loudness[right * BANDS + low + 1], y - low);
        return mix(early, late, x - left);
    }

    private static double mix(double a, double b, double share) {
        return a + share * (b - a);
    }
}
