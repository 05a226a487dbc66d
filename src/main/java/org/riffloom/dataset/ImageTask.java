package org.riffloom.dataset;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.riffloom.audio.SoundReader;
import org.riffloom.audio.SoundTooLongException;
import org.riffloom.audio.SpectrogramAnalyzer;
import org.riffloom.audio.Waveform;
import org.riffloom.spectrogram.SpectrogramImage;
import org.riffloom.spectrogram.SpectrogramImageFile;
import org.riffloom.spectrogram.SpectrogramParameters;

/**
 * Makes a spectrogram image of each sound: {@code bells/one.wav} becomes {@code bells/one.wav.png}. An image that is
 * there counts if it is whole, if its tags are those that it would get now, and if it is not older than the sound.
 */
public final class ImageTask implements BatchTask {

    private static final int MEGABYTE = 1_000_000;
    /** While a sound is read: itself, and what it outgrows. */
    private static final int READING_BYTES = 10;
    /** For each sample of a channel at the format's rate: it, and two copies on the way. */
    private static final int SAMPLE_BYTES = 12;
    /** For each pixel: its colour, and that in the file, twice. */
    private static final int PIXEL_BYTES = 8;

    private final OutputFolder output;
    private final SpectrogramParameters parameters;
    private final String ending;
    private final MemoryShares memory;

    /**
     * @param parameters of the images
     * @param ending of their names: {@code .png}, {@code .jpg} or {@code .jpeg}
     * @param jobs how many run at the same time
     */
    public ImageTask(OutputFolder output, SpectrogramParameters parameters, String ending, int jobs) {
        this(output, parameters, ending, MemoryShares.among(jobs));
    }

    ImageTask(OutputFolder output, SpectrogramParameters parameters, String ending, MemoryShares memory) {
        this.output = output;
        this.parameters = parameters;
        this.ending = ending;
        this.memory = memory;
    }

    @Override
    public Outcome run(SoundFile sound) throws IOException, InterruptedException {
        String name = sound.name() + ending;
        if (isThere(sound.path(), output.resolve(name))) {
            return new Outcome.AlreadyThere();
        }
        memory.run(bytes -> {
            SpectrogramImage image = draw(sound, bytes);
            byte[] file = ending.equals(".png")
                    ? SpectrogramImageFile.encodePng(image)
                    : SpectrogramImageFile.encodeJpeg(image);
            output.add(name, path -> Files.write(path, file));
        });
        return new Outcome.Made();
    }

    private boolean isThere(Path sound, Path image) throws IOException {
        return Files.isRegularFile(image)
                && Files.getLastModifiedTime(image).compareTo(Files.getLastModifiedTime(sound)) >= 0
                && SpectrogramImageFile.isWholeWith(parameters, image);
    }

    private SpectrogramImage draw(SoundFile sound, long bytes) throws IOException {
        Waveform read;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(sound.path()))) {
            read = SoundReader.read(in, sound.name(), bytes / READING_BYTES);
        } catch (SoundTooLongException e) {
            throw tooLong(sound, bytes);
        }
        if (bytesFor(read) > bytes) {
            throw tooLong(sound, bytes);
        }
        return SpectrogramImage.of(new SpectrogramAnalyzer(parameters).analyze(read));
    }

    private static SoundTooLongException tooLong(SoundFile sound, long bytes) {
        return new SoundTooLongException(
                sound.name(),
                "it is too long; " + bytes / MEGABYTE
                        + " MB of memory are not enough for its image. Clips of it are shorter,"
                        + " and java's -Xmx gives more.");
    }

    private long bytesFor(Waveform sound) {
        long own = (long) Float.BYTES * sound.channels().length * sound.length();
        long samples = (long) (sound.seconds() * parameters.sampleRate());
        long pixels = (samples / parameters.hop() + 1) * parameters.bands();
        long magnitudes = parameters.channels() * pixels * Float.BYTES;
        // First the sound is there with the magnitudes, then the image.
        return magnitudes + Math.max(own + parameters.channels() * samples * SAMPLE_BYTES, pixels * PIXEL_BYTES);
    }
}
