package org.riffloom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import org.riffloom.dataset.ClipSettings;
import org.riffloom.dataset.ClipTask;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sample-clips-batch}: clips out of many sound files. */
@Command(
        name = "sample-clips-batch",
        description = "Cuts clips out of all sound files in a folder, at random places. "
                + "Those of bells/one.mp3 come into a folder bells/one.mp3, with a note of where they were cut, clips.json. "
                + "What is there already, from the same sound in the same way, is not made again; a file that cannot be read is "
                + "told of and passed over. The same seed finds the same places again.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  java -jar riffloom.jar sample-clips-batch --audio-dir music \\",
            "      --output-dir clips --num-clips-per-file 10 --sample-rate 44100",
            "  java -jar riffloom.jar audio-to-images-batch --audio-dir clips \\",
            "      --output-dir images"
        })
final class SampleClipsBatchCommand implements Callable<Integer> {

    @Mixin
    private BatchOptions batch = new BatchOptions();

    @Option(
            names = {"-n", "--num-clips-per-file", "--num-clips"},
            paramLabel = "N",
            defaultValue = "1",
            description = "How many clips to cut out of each file (default: ${DEFAULT-VALUE}).")
    private int clips;

    @ArgGroup(validate = false, heading = "%nThe clips:%n")
    private ClipOptions options = new ClipOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        ClipSettings settings = options.settings(clips, "--num-clips-per-file", spec.commandLine());
        if (Files.exists(batch.outputDir())
                && Files.exists(batch.audioDir())
                && Files.isSameFile(batch.outputDir(), batch.audioDir())) {
            throw new ParameterException(
                    spec.commandLine(), "--output-dir must be another folder than --audio-dir; one inside it will do.");
        }
        return new BatchRun(batch, spec.commandLine()).run((output, jobs) -> new ClipTask(output, settings, jobs));
    }
}
