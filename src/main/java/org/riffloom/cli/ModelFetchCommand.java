package org.riffloom.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.riffloom.checkpoint.ModelFolder;
import org.riffloom.checkpoint.PipelineFiles;
import org.riffloom.checkpoint.hub.HubId;
import org.riffloom.checkpoint.hub.HubModels;
import org.riffloom.clip.DiffusionClips;
import org.riffloom.clip.ModelProperties;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code model fetch}: brings a model from a hub. */
@Command(
        name = "fetch",
        description = "Fetches a model of Stable Diffusion's architecture from a hub, or what is new or missing of it, "
                + "checks it, and prints its folder. A download that was cut off goes on where it was. "
                + "HF_TOKEN lets private and gated models be read.",
        footerHeading = "%nExample:%n",
        footer = "  java -jar riffloom.jar model fetch riffusion/riffusion-model-v1")
final class ModelFetchCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", description = "Such as riffusion/riffusion-model-v1.")
    private String id = "";

    @Option(names = "--revision", paramLabel = "R", description = "Branch, tag or commit (default: main).")
    private @Nullable String revision;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "${env:RIFFLOOM_DEVICE:-auto}",
            description = "What it will run on: auto, cpu or cuda:N. For a GPU, weights in half precision are "
                    + "preferred, where there are any (default: ${DEFAULT-VALUE}).")
    private String device = "";

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            defaultValue = "${env:RIFFLOOM_DATA:-}",
            description = "Where libtorch is unpacked to (default: the platform's user data folder).")
    private String data = "";

    @ArgGroup(validate = false)
    private HubOptions hub = new HubOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        HubId model = HubNames.parse(id, revision, spec.commandLine());
        Quiet.warningsOnly();
        HubModels models = new HubModels(hub.properties().settings());
        // A CPU has no need to be asked, and libtorch takes a second to start.
        boolean half =
                !device.equals("cpu") && DiffusionClips.computesInHalf(new ModelProperties(data, id, device, 1, ""));
        Path folder;
        try (FetchBar bar = new FetchBar(spec.commandLine().getErr())) {
            folder = models.fetch(model, new PipelineFiles(half), bar);
        }
        // All its hashes are right by now; whether this program can use it is another question.
        ModelFolder opened = ModelFolder.open(folder);
        opened.textEncoderWeights();
        opened.unetWeights();
        opened.vaeWeights();
        spec.commandLine().getOut().println(folder);
        spec.commandLine().getOut().flush();
        return 0;
    }
}
