package org.riffloom.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.riffloom.audio.SoundReader;
import org.riffloom.audio.SoundTooLongException;
import org.riffloom.audio.SpectrogramAnalyzer;
import org.riffloom.audio.StreamingAnalyzer;
import org.riffloom.dataset.ImageSeries;
import org.riffloom.spectrogram.SpectrogramImage;
import org.riffloom.spectrogram.SpectrogramImageFile;
import org.riffloom.spectrogram.SpectrogramParameters;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code audio-to-image}: a sound file to a spectrogram image. */
@Command(
        name = "audio-to-image",
        description = "Turns sound into a spectrogram image, or into many of equal width.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  java -jar riffloom.jar audio-to-image --audio clip.mp3 --image clip.png",
            "  java -jar riffloom.jar audio-to-image --audio clip.mp3 --image clip.jpg",
            "  java -jar riffloom.jar audio-to-image --audio concert.mp3 \\",
            "      --image concert.png --columns 512"
        })
final class AudioToImageCommand implements Callable<Integer> {

    @Option(
            names = {"-a", "--audio"},
            required = true,
            paramLabel = "FILE",
            description = "Sound file to read: WAV, FLAC, MP3, Ogg Vorbis or Ogg Opus, whatever its name.")
    private Path audio = Path.of("");

    @Option(
            names = {"-i", "--image"},
            required = true,
            paramLabel = "FILE",
            description = "PNG or JPEG image to write.")
    private Path image = Path.of("");

    @Option(
            names = "--columns",
            paramLabel = "N",
            description =
                    "Write images of N columns each, such as concert-0001.png, the last one perhaps narrower, and print "
                            + "their names: for sounds of any length (default: one image of all).")
    private @Nullable Integer columns;

    @ArgGroup(validate = false, heading = "%nThe image:%n")
    private ImageOptions options = new ImageOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        SoundFiles.requireImage(image, spec.commandLine());
        SpectrogramParameters parameters = options.parameters(spec.commandLine());
        if (columns != null) {
            writeMany(parameters, columns);
            return 0;
        }
        try {
            SpectrogramAnalyzer analyzer = new SpectrogramAnalyzer(parameters);
            SpectrogramImageFile.write(SpectrogramImage.of(analyzer.analyze(SoundReader.read(audio))), image);
            return 0;
        } catch (SoundTooLongException e) {
            throw new SoundTooLongException(
                    audio.toString(),
                    "it is too long for one image, which has room for about 25 minutes of stereo; --columns 512 writes as "
                            + "many images as it takes.");
        }
    }

    private void writeMany(SpectrogramParameters parameters, int width) throws IOException {
        if (width < 1 || width > ImageSeries.MAX_COLUMNS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--columns is " + width + "; it must be between 1 and " + ImageSeries.MAX_COLUMNS + ".");
        }
        PrintWriter out = spec.commandLine().getOut();
        ImageSeries series = new ImageSeries(image, parameters, width, file -> {
            out.println(file);
            out.flush();
        });
        StreamingAnalyzer analyzer = new StreamingAnalyzer(parameters, series);
        SoundReader.stream(audio, audio.toString(), analyzer);
        analyzer.finish();
        series.finish();
    }
}
