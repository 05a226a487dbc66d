package org.riffloom.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import org.riffloom.audio.StreamingAnalyzer;
import org.riffloom.spectrogram.MelSpectrogram;
import org.riffloom.spectrogram.SpectrogramImage;
import org.riffloom.spectrogram.SpectrogramImageFile;
import org.riffloom.spectrogram.SpectrogramParameters;

/**
 * Draws the columns of a sound as images of equal width, one after the other: {@code song.png} becomes
 * {@code song-0001.png}, {@code song-0002.png} and so on. Each has a scale of its own, which its tags tell. Constant memory.
 */
public final class ImageSeries implements StreamingAnalyzer.Taker {

    /** The widest images: more columns have no room in a JPEG file. */
    public static final int MAX_COLUMNS = 65_500;

    private final Path image;
    private final SpectrogramParameters parameters;
    private final int columns;
    private final Consumer<Path> written;
    private final float[][] magnitudes;
    private int filled;
    private int images;

    /**
     * @param image what the images' names are made from; it says where they go and of what kind they are
     * @param parameters of the columns
     * @param columns of each image but the last, which may be narrower: 1 to {@value #MAX_COLUMNS}
     * @param written hears of each image when it is there
     * @throws IllegalArgumentException if there are too few columns or too many
     */
    public ImageSeries(Path image, SpectrogramParameters parameters, int columns, Consumer<Path> written) {
        if (columns < 1 || columns > MAX_COLUMNS) {
            throw new IllegalArgumentException(
                    "An image of " + columns + " columns cannot be drawn; it must have 1 to " + MAX_COLUMNS + ".");
        }
        this.image = image;
        this.parameters = parameters;
        this.columns = columns;
        this.written = written;
        this.magnitudes = new float[parameters.channels()][columns * parameters.bands()];
    }

    @Override
    public void take(MelSpectrogram next) throws IOException {
        int bands = parameters.bands();
        int at = 0;
        while (at < next.frames()) {
            int count = Math.min(columns - filled, next.frames() - at);
            for (int c = 0; c < magnitudes.length; c++) {
                System.arraycopy(next.magnitudes()[c], at * bands, magnitudes[c], filled * bands, count * bands);
            }
            filled += count;
            at += count;
            if (filled == columns) {
                draw();
            }
        }
    }

    /** Draws what is left. */
    public void finish() throws IOException {
        if (filled > 0) {
            draw();
        }
    }

    private void draw() throws IOException {
        images++;
        Path file = image.resolveSibling(name(image.getFileName().toString()));
        MelSpectrogram part = new MelSpectrogram(parameters, columns, magnitudes).slice(0, filled);
        SpectrogramImageFile.write(SpectrogramImage.of(part), file);
        filled = 0;
        written.accept(file);
    }

    private String name(String whole) {
        int dot = whole.lastIndexOf('.');
        return whole.substring(0, dot) + String.format(Locale.ROOT, "-%04d", images) + whole.substring(dot);
    }
}
