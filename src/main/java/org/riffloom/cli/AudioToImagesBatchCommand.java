package org.riffloom.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.riffloom.dataset.ImageTask;
import org.riffloom.spectrogram.SpectrogramParameters;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code audio-to-images-batch}: spectrogram images of many sound files. */
@Command(
        name = "audio-to-images-batch",
        description =
                "Turns all sound files in a folder into spectrogram images, bells/one.mp3 into bells/one.mp3.png. "
                        + "An image that is there already, and whose tags say that it was made in the same way, is not made again; a file "
                        + "that cannot be read is told of and passed over.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  java -jar riffloom.jar audio-to-images-batch --audio-dir clips \\",
            "      --output-dir images",
            "  java -jar riffloom.jar audio-to-images-batch --audio-dir music \\",
            "      --glob '*.flac' --output-dir images --stereo"
        })
final class AudioToImagesBatchCommand implements Callable<Integer> {

    private static final List<String> EXTENSIONS = List.of("png", "jpg", "jpeg");

    @Mixin
    private BatchOptions batch = new BatchOptions();

    @Option(
            names = "--image-extension",
            paramLabel = "EXT",
            defaultValue = "png",
            description =
                    "Kind of the images' files: png, or jpg, which loses some of the sound (default: ${DEFAULT-VALUE}).")
    private String extension = "";

    @ArgGroup(validate = false, heading = "%nThe images:%n")
    private ImageOptions options = new ImageOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        String ending = extension.toLowerCase(Locale.ROOT);
        if (!EXTENSIONS.contains(ending)) {
            throw new ParameterException(
                    spec.commandLine(), "--image-extension is " + extension + "; it must be png, jpg or jpeg.");
        }
        SpectrogramParameters parameters = options.parameters(spec.commandLine());
        return new BatchRun(batch, spec.commandLine())
                .run((output, jobs) -> new ImageTask(output, parameters, "." + ending, jobs));
    }
}
