package org.riffloom.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.riffloom.clip.ClipStream;
import org.riffloom.clip.DiffusionClips;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.RiffPoint;
import org.riffloom.prompt.RiffSettings;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code riff}: prompts to a sound file or a picture. */
@Command(
        name = "riff",
        description = "Makes music from a prompt, or on the way from one prompt to another. "
                + "Without --to, the seed moves on by a quarter with every clip, as in a live session.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  java -jar riffloom.jar riff --prompt \"jazz piano\" --clips 4 --out piano.wav",
            "  java -jar riffloom.jar riff --prompt \"jazz piano\" --to \"church bells\" \\",
            "      --out riff.mp3"
        })
final class RiffCommand implements Callable<Integer> {

    private static final int MAX_CLIPS = 1_000;
    private static final int CLIPS_FOR_EACH_SEED = 4;

    @Option(names = "--prompt", required = true, paramLabel = "TEXT", description = "What the music is like.")
    private String prompt = "";

    @Option(names = "--to", paramLabel = "TEXT", description = "What it has become in the last clip.")
    private @Nullable String to;

    @Option(names = "--clips", paramLabel = "N", description = "Clips of 5.12 seconds each (default: 1, with --to 5).")
    private @Nullable Integer clips;

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "FILE",
            description = "WAV, FLAC, MP3 or Ogg Opus file, or PNG picture of the spectrogram, to write.")
    private Path out = Path.of("");

    @ArgGroup(validate = false, heading = "%nHow it is made (what is left out is the model's choice):%n")
    private SettingOptions settings = new SettingOptions();

    @ArgGroup(validate = false, heading = "%nWhat makes it:%n")
    private ModelOptions model = new ModelOptions();

    @ArgGroup(validate = false, heading = "%nWhere a model with a hub's name comes from:%n")
    private HubOptions hub = new HubOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        RiffFile file = RiffFile.named(out, spec.commandLine());
        int count = clips != null ? clips : to == null ? 1 : CLIPS_FOR_EACH_SEED + 1;
        if (count < 1 || count > MAX_CLIPS) {
            throw new InvalidRequestException(
                    "clips", "--clips is " + count + "; it must be between 1 and " + MAX_CLIPS + ".");
        }
        Prompt first = new Prompt(prompt);
        Prompt last = to == null ? first : new Prompt(to);
        Quiet.warningsOnly();
        try (DiffusionClips source = load();
                Progress progress = new Progress(spec.commandLine().getErr(), count)) {
            RiffSettings chosen = settings.over(source.model().info().defaults());
            ClipStream stream = source.open();
            for (int i = 0; i < count; i++) {
                int clip = i;
                file.add(stream.next(
                        recipe(first, last, chosen, i, count), (step, steps) -> progress.show(clip, step, steps)));
            }
            file.write(out, source.model().info().name());
        }
        return 0;
    }

    private DiffusionClips load() {
        try (FetchBar bar = new FetchBar(spec.commandLine().getErr())) {
            return DiffusionClips.load(model.properties(hub), bar);
        }
    }

    private Interpolation recipe(Prompt first, Prompt last, RiffSettings chosen, int clip, int count) {
        boolean walk = to == null;
        long startSeed = walk ? chosen.seed() + clip / CLIPS_FOR_EACH_SEED : chosen.seed();
        double walked = (double) (clip % CLIPS_FOR_EACH_SEED) / CLIPS_FOR_EACH_SEED;
        double moved = count == 1 ? 1 : (double) clip / (count - 1);
        return new Interpolation(
                RiffPoint.of(first, startSeed, chosen),
                RiffPoint.of(last, walk ? startSeed + 1 : startSeed, chosen),
                walk ? walked : moved,
                chosen.seedImage(),
                chosen.steps(),
                chosen.maskImage(),
                chosen.scheduler(),
                chosen.loras());
    }
}
