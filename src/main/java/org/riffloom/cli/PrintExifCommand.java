package org.riffloom.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.riffloom.spectrogram.SpectrogramImageFile;
import org.riffloom.spectrogram.SpectrogramTag;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code print-exif}: what an image says about itself. */
@Command(
        name = "print-exif",
        description = "Prints what a spectrogram image says about itself, one tag a line.",
        footerHeading = "%nExample:%n",
        footer = "  java -jar riffloom.jar print-exif --image clip.png")
final class PrintExifCommand implements Callable<Integer> {

    @Option(
            names = {"-i", "--image"},
            required = true,
            paramLabel = "FILE",
            description = "PNG or JPEG image to read.")
    private Path image = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Map<SpectrogramTag, Number> tags = SpectrogramImageFile.tags(image);
        PrintWriter out = spec.commandLine().getOut();
        tags.forEach((tag, value) -> out.printf("%-20s%s%n", tag, value));
        if (tags.isEmpty()) {
            spec.commandLine().getErr().println(image + " has no spectrogram tags; the default format is assumed.");
        }
        out.flush();
        return 0;
    }
}
