package org.riffloom.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.riffloom.audio.SoundReader;
import org.riffloom.audio.SpectrogramAnalyzer;
import org.riffloom.spectrogram.SpectrogramImage;
import org.riffloom.spectrogram.SpectrogramImageFile;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code audio-to-image}: a sound file to a spectrogram image. */
@Command(
        name = "audio-to-image",
        description = "Turns sound into a spectrogram image.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  java -jar riffloom.jar audio-to-image --audio clip.mp3 --image clip.png",
            "  java -jar riffloom.jar audio-to-image --audio clip.mp3 --image clip.jpg"
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

    @ArgGroup(validate = false, heading = "%nThe image:%n")
    private ImageOptions options = new ImageOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        SoundFiles.requireImage(image, spec.commandLine());
        SpectrogramAnalyzer analyzer = new SpectrogramAnalyzer(options.parameters(spec.commandLine()));
        SpectrogramImageFile.write(SpectrogramImage.of(analyzer.analyze(SoundReader.read(audio))), image);
        return 0;
    }
}
