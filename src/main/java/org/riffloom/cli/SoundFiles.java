package org.riffloom.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.riffloom.audio.SoundFormat;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Which files the commands take, told by their names before any work is done. */
final class SoundFiles {

    private static final List<String> IMAGE_ENDINGS = List.of(".png", ".jpg", ".jpeg");

    private SoundFiles() {}

    /** @throws ParameterException unless the name is of a kind of sound file that can be written */
    static SoundFormat requireWritable(Path file, CommandLine line) {
        return SoundFormat.named(file)
                .orElseThrow(() -> new ParameterException(
                        line, "The sound file must be named " + SoundFormat.ENDINGS + "; " + file + " is not."));
    }

    /** @throws ParameterException unless files of this kind keep a loop to the sample */
    static void requireLoops(SoundFormat format, Path file, CommandLine line) {
        if (!format.holdsLoops()) {
            throw new ParameterException(
                    line,
                    "A loop must be named .wav or .flac; " + file
                            + " is not, and files of other kinds leave a gap where the sound begins again.");
        }
    }

    /** @throws ParameterException unless the name ends in .png, .jpg or .jpeg */
    static void requireImage(Path file, CommandLine line) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (IMAGE_ENDINGS.stream().noneMatch(name::endsWith)) {
            throw new ParameterException(
                    line,
                    "An image file must be named " + String.join(" or ", IMAGE_ENDINGS) + " for now; " + file
                            + " is not.");
        }
    }
}
