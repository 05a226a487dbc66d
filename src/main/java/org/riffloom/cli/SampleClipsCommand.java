package org.riffloom.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.riffloom.dataset.ClipSettings;
import org.riffloom.dataset.ClipTask;
import org.riffloom.dataset.OutputFolder;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sample-clips}: clips out of a sound file. */
@Command(
        name = "sample-clips",
        description = "Cuts clips out of a sound file, of any length, at random places, and prints their files' names. "
                + "The same seed finds the same places again.",
        footerHeading = "%nExample:%n",
        footer = {"  java -jar riffloom.jar sample-clips --audio song.mp3 --output-dir clips \\", "      --num-clips 10"
        })
final class SampleClipsCommand implements Callable<Integer> {

    @Option(
            names = {"-a", "--audio"},
            required = true,
            paramLabel = "FILE",
            description = "Sound file to read: WAV, FLAC, MP3, Ogg Vorbis or Ogg Opus, whatever its name.")
    private Path audio = Path.of("");

    @Option(
            names = {"-o", "--output-dir"},
            required = true,
            paramLabel = "FOLDER",
            description = "Folder to write to.")
    private Path outputDir = Path.of("");

    @Option(
            names = {"-n", "--num-clips"},
            paramLabel = "N",
            defaultValue = "1",
            description = "How many clips to cut (default: ${DEFAULT-VALUE}).")
    private int clips;

    @ArgGroup(validate = false, heading = "%nThe clips:%n")
    private ClipOptions options = new ClipOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        ClipSettings settings = options.settings(clips, "--num-clips", spec.commandLine());
        PrintWriter out = spec.commandLine().getOut();
        String name = String.valueOf(audio.getFileName());
        try (OutputFolder output = OutputFolder.open(outputDir)) {
            settings.sampler().sample(audio, name, ClipTask.maxKept(1), clip -> {
                out.println(output.add(settings.fileName(clip), path -> settings.write(clip, path)));
                out.flush();
            });
        }
        return 0;
    }
}
