package org.riffloom.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.riffloom.clip.Clip;
import org.riffloom.clip.ClipStream;
import org.riffloom.clip.DiffusionClips;
import org.riffloom.clip.ModelProperties;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.RiffPoint;
import org.riffloom.prompt.RiffSettings;

/**
 * Writes one clip for each of some prompts and seeds, for the classifier in {@code models/eval} to judge: {@code
 * church-bells__3.wav} and so on, with the picture beside it.
 *
 * <p>Arguments: the folder to write to, the model, {@code seed-image} (the model's default) or {@code noise}, the number
 * of seeds, then the prompts.
 */
public final class PromptSamples {

    private PromptSamples() {}

    public static void main(String[] args) throws IOException {
        if (args.length < 5) {
            System.err.println("usage: PromptSamples FOLDER MODEL seed-image|noise SEEDS PROMPT...");
            System.exit(2);
        }
        Path folder = Files.createDirectories(Path.of(args[0]));
        boolean fromNoise = args[2].equals("noise");
        try (DiffusionClips source = DiffusionClips.load(new ModelProperties("", args[1], "auto", 0, ""))) {
            RiffSettings settings = source.model().info().defaults();
            ClipStream stream = source.open();
            for (String prompt : List.of(args).subList(4, args.length)) {
                for (int seed = 0; seed < Integer.parseInt(args[3]); seed++) {
                    stream.reset();
                    Clip clip = stream.next(
                            Interpolation.at(
                                    RiffPoint.of(new Prompt(prompt), seed, settings),
                                    fromNoise ? null : settings.seedImage(),
                                    settings.steps()),
                            (step, steps) -> {});
                    String name = prompt.toLowerCase(Locale.ROOT).replace(' ', '-') + "__" + seed;
                    write(folder.resolve(name + ".wav"), clip.audio().bytes());
                    write(folder.resolve(name + ".png"), clip.image().bytes());
                    System.out.printf(
                            Locale.ROOT, "%s in %.2f s%n", name, clip.making().toMillis() / 1e3);
                }
            }
        }
    }

    private static void write(Path file, ByteBuffer buffer) throws IOException {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        Files.write(file, bytes);
    }
}
