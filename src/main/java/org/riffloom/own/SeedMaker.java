package org.riffloom.own;

import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.riffloom.audio.SoundReader;
import org.riffloom.audio.SpectrogramAnalyzer;
import org.riffloom.audio.UnreadableSoundException;
import org.riffloom.clip.OwnPictures;
import org.riffloom.spectrogram.SpectrogramImage;
import org.riffloom.spectrogram.SpectrogramImageFile;
import org.riffloom.spectrogram.SpectrogramParameters;
import org.riffloom.spectrogram.UnreadableImageException;
import org.springframework.http.HttpStatus;

/**
 * Makes a file into the picture of a seed image. What the file is, is told by its first bytes.
 *
 * @param limits of its size, for each kind
 */
record SeedMaker(UploadLimits limits) {

    /** The latest that what is wanted of a sound can begin: all before it is decoded too. */
    static final double LATEST_SECONDS = 600;

    /** As many as tell a picture from anything else. */
    private static final int FIRST_BYTES = 64;

    private static final SpectrogramParameters FORMAT = SpectrogramParameters.DEFAULT;
    private static final int SIDE = OwnPictures.SIDE;

    private static final String PICTURE = "The picture";
    private static final String SOUND = "The file";

    /**
     * Makes a picture.
     *
     * @param from where in a sound it begins, in seconds, at most {@link #LATEST_SECONDS}; of no meaning for a picture
     * @return {@link OwnPictures#SIDE} pixels wide and high, grey
     * @throws UnusableFileException if that is not possible
     * @throws IOException if the file cannot be read
     */
    BufferedImage make(Path file, double from) throws IOException {
        if (Files.size(file) == 0) {
            throw new UnusableFileException(
                    HttpStatus.BAD_REQUEST,
                    "There is no file: the body of the request must be the bytes of a picture or a sound, and no form.");
        }
        try {
            return isPicture(file) ? ofPicture(file) : ofSound(file, from);
        } catch (UnreadableImageException | UnreadableSoundException e) {
            throw new UnusableFileException(HttpStatus.UNSUPPORTED_MEDIA_TYPE, String.valueOf(e.getMessage()));
        }
    }

    private static boolean isPicture(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return SpectrogramImageFile.isOne(in.readNBytes(FIRST_BYTES));
        }
    }

    private BufferedImage ofPicture(Path file) throws IOException {
        if (Files.size(file) > limits.pictureSize().toBytes()) {
            throw new UnusableFileException(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "The picture is larger than " + UploadLimits.megabytes(limits.pictureSize()) + "; a spectrogram of "
                            + SIDE + " × " + SIDE + " pixels takes far less.");
        }
        byte[] bytes = Files.readAllBytes(file);
        Dimension size = SpectrogramImageFile.size(bytes, PICTURE);
        if (size.width != SIDE || size.height != SIDE) {
            throw UnusableFileException.unsuitable("The picture is " + size.width + " × " + size.height
                    + " pixels large; a seed image is a spectrogram of " + SIDE + " × " + SIDE
                    + ". Bring the sound itself, and it is made here.");
        }
        SpectrogramImage image = SpectrogramImageFile.decode(bytes, PICTURE);
        if (!image.parameters().withStereo(false).equals(FORMAT)) {
            throw UnusableFileException.unsuitable("The picture is a spectrogram of another format: "
                    + said(image.parameters()) + "; a seed image has " + said(FORMAT)
                    + ". Make it into sound, and bring that.");
        }
        return image.toMono().image();
    }

    private static String said(SpectrogramParameters parameters) {
        return parameters.sampleRate() + " Hz, a column each " + parameters.stepMillis() + " ms, windows of "
                + parameters.windowMillis() + " in " + parameters.paddedMillis() + " ms, " + parameters.minFrequency()
                + " to " + parameters.maxFrequency() + " Hz, power " + parameters.power();
    }

    private static BufferedImage ofSound(Path file, double from) throws IOException {
        double seconds = (double) SIDE * FORMAT.hop() / FORMAT.sampleRate();
        Excerpt excerpt = new Excerpt(from, seconds);
        try {
            SoundReader.stream(file, SOUND, excerpt);
        } catch (Excerpt.Enough e) {
            // The rest of the file need not be looked at.
        }
        SpectrogramImage image = SpectrogramImage.of(new SpectrogramAnalyzer(FORMAT).analyze(excerpt.waveform()));
        BufferedImage exact = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        // The last column is centred on the first moment after the excerpt.
        image.image().getSubimage(0, 0, SIDE, SIDE).copyData(exact.getRaster());
        return exact;
    }
}
