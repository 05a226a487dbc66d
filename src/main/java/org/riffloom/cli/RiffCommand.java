package org.riffloom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.riffloom.audio.SoundFormat;
import org.riffloom.audio.SoundTags;
import org.riffloom.clip.ClipLoop;
import org.riffloom.clip.ClipStream;
import org.riffloom.clip.DiffusionClips;
import org.riffloom.clip.KeptSound;
import org.riffloom.clip.RecipeTags;
import org.riffloom.clip.Repainting;
import org.riffloom.clip.SoundRepainter;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.RiffSettings;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code riff}: prompts to a sound file or a picture. */
@Command(
        name = "riff",
        description = "Makes music from a prompt, on the way from one prompt to another, or out of a sound. "
                + "Without --to, the seed moves on by a quarter with every clip, as in a live session.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  java -jar riffloom.jar riff --prompt \"jazz piano\" --clips 4 --out piano.wav",
            "  java -jar riffloom.jar riff --prompt \"jazz piano\" --to \"church bells\" \\",
            "      --out riff.mp3",
            "  java -jar riffloom.jar riff --prompt \"techno beat\" --clips 2 --loop \\",
            "      --out loop.wav",
            "  java -jar riffloom.jar riff --audio song.mp3 --prompt \"music box\" \\",
            "      --denoising 0.5 --keep-below 150 --out song.flac"
        })
final class RiffCommand implements Callable<Integer> {

    private static final int MAX_CLIPS = 1_000;
    private static final int CLIPS_OF_A_WAY = 5;
    private static final int CLIPS_OF_A_LOOP = 4;

    @Option(names = "--prompt", required = true, paramLabel = "TEXT", description = "What the music is like.")
    private String prompt = "";

    @Option(names = "--to", paramLabel = "TEXT", description = "What it has become in the last clip.")
    private @Nullable String to;

    @Option(
            names = "--clips",
            paramLabel = "N",
            description = "Clips of 5.12 seconds each (default: 1, with --to 5, or 4 in a loop).")
    private @Nullable Integer clips;

    @Option(
            names = "--loop",
            description =
                    "Make a sound to be played again and again: N clips are exactly N times 5.12 seconds long, and the "
                            + "last leads into the first. Without --to, seeds go round in a circle; with it, the music is that of "
                            + "--to halfway, and then comes back. WAV files tell samplers so. WAV or FLAC only.")
    private boolean loop;

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "FILE",
            description = "WAV, FLAC, MP3 or Ogg Opus file, or PNG picture of the spectrogram, to write.")
    private Path out = Path.of("");

    @ArgGroup(validate = false, heading = "%nTo make it out of a sound:%n")
    private RepaintOptions repainting = new RepaintOptions();

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
        Path audio = repainting.audio();
        if (audio != null) {
            repaint(audio);
            return 0;
        }
        if (!repainting.kept().equals(KeptSound.NOTHING)) {
            throw new ParameterException(
                    spec.commandLine(), "--keep-below, --keep-above and --keep-time need a sound; give --audio too.");
        }
        RiffFile file =
                loop ? RiffFile.loop(out, model.sound(), spec.commandLine()) : RiffFile.named(out, spec.commandLine());
        int count = count();
        Prompt first = new Prompt(prompt);
        Prompt last = to == null ? null : new Prompt(to);
        Quiet.warningsOnly();
        try (DiffusionClips source = load();
                Progress progress = new Progress(spec.commandLine().getErr(), count)) {
            RiffSettings chosen = settings.over(source.info().defaults());
            RiffPath path = path(first, last, chosen, count);
            ClipStream stream = source.open();
            for (int i = 0; i < count; i++) {
                int clip = i;
                file.add(stream.next(path.recipe(i), (step, steps) -> progress.show(clip, step, steps)));
            }
            progress.show("writing " + out);
            file.write(out, source.info().name());
        }
        return 0;
    }

    private void repaint(Path audio) throws IOException {
        if (to != null || clips != null || loop || settings.nameAPicture()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--audio says where the music starts and how long it is; leave out --to, --clips, --loop, --seed-image"
                            + " and --mask-image.");
        }
        if (spec.commandLine().getParseResult().hasMatchedOption("--compress")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--audio keeps what is loud and what is quiet in the sound; leave out --compress.");
        }
        SoundFormat format = SoundFiles.requireWritable(out, spec.commandLine());
        KeptSound kept = repainting.kept();
        Prompt wanted = new Prompt(prompt);
        if (!Files.isReadable(audio)) {
            throw new NoSuchFileException(audio.toString());
        }
        Quiet.warningsOnly();
        Path part = out.resolveSibling(out.getFileName() + ".part");
        try (DiffusionClips source = load();
                StatusLine status = new StatusLine(spec.commandLine().getErr())) {
            Repainting recipe =
                    new Repainting(wanted, settings.over(source.info().defaults()), kept);
            SoundTags tags = RecipeTags.of(audio, recipe, source.info().name());
            source.repainter()
                    .repaint(
                            audio,
                            recipe,
                            channels -> format.open(part, SoundRepainter.SAMPLE_RATE, channels, tags),
                            new SoundBar(status));
            Files.move(part, out, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private DiffusionClips load() {
        try (FetchBar bar = new FetchBar(spec.commandLine().getErr())) {
            return DiffusionClips.load(model.properties(hub), bar);
        }
    }

    private RiffPath path(Prompt first, @Nullable Prompt last, RiffSettings chosen, int count) {
        if (last == null) {
            return loop ? new RiffPath.Round(first, count, chosen) : new RiffPath.Walk(first, chosen);
        }
        return loop
                ? new RiffPath.ThereAndBack(first, last, count, chosen)
                : new RiffPath.Way(first, last, count, chosen);
    }

    private int count() {
        int least = loop && to != null ? 2 : 1;
        int most = loop ? ClipLoop.MAX_CLIPS : MAX_CLIPS;
        int usual = to == null ? 1 : loop ? CLIPS_OF_A_LOOP : CLIPS_OF_A_WAY;
        int count = clips != null ? clips : usual;
        if (count < least || count > most) {
            throw new InvalidRequestException(
                    "clips", "--clips is " + count + "; it must be between " + least + " and " + most + ".");
        }
        return count;
    }
}
