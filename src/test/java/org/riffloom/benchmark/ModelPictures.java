package org.riffloom.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.riffloom.clip.ClipStream;
import org.riffloom.clip.DiffusionClips;
import org.riffloom.clip.ModelProperties;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.RiffPoint;
import org.riffloom.prompt.RiffSettings;

/**
 * Has a model paint pictures of many kinds of music, with its own defaults, for the benchmarks of sound to work on.
 *
 * <p>Arguments: a model, libtorch's threads, the folder to write PNG files to.
 */
public final class ModelPictures {

    private static final List<String> PROMPTS = List.of(
            "jazz piano trio",
            "church bells",
            "electronic beats",
            "acoustic guitar",
            "rock with electric guitar",
            "solo flute",
            "funk bass line",
            "string ensemble",
            "techno",
            "church organ",
            "marimba",
            "ambient pad",
            "hip hop beat",
            "harpsichord",
            "reggae",
            "saxophone solo",
            "drum and bass",
            "music box",
            "bossa nova",
            "trumpet",
            "choir",
            "synthesizer lead",
            "drum kit",
            "rain",
            "accordion");

    private ModelPictures() {}

    public static void main(String[] args) throws IOException {
        if (args.length != 3) {
            System.err.println("usage: ModelPictures MODEL THREADS FOLDER");
            System.exit(2);
        }
        Path folder = Files.createDirectories(Path.of(args[2]));
        try (DiffusionClips clips =
                DiffusionClips.load(new ModelProperties("", args[0], "auto", Integer.parseInt(args[1]), ""))) {
            RiffSettings settings = clips.info().defaults();
            ClipStream stream = clips.open();
            for (int k = 0; k < PROMPTS.size(); k++) {
                RiffPoint point = RiffPoint.of(new Prompt(PROMPTS.get(k)), settings.seed() + k, settings);
                ByteBuffer png = stream.next(
                                Interpolation.at(point, settings.seedImage(), settings.steps()), (step, steps) -> {})
                        .image()
                        .bytes();
                byte[] bytes = new byte[png.remaining()];
                png.get(bytes);
                String name = String.format(
                        Locale.ROOT, "%02d-%s.png", k, PROMPTS.get(k).replace(' ', '-'));
                Files.write(folder.resolve(name), bytes);
                System.out.println(name);
            }
        }
    }
}
