package org.riffloom.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Which files the commands take, told by their names before any work is done. */
final class SoundFiles {

    private SoundFiles() {}

    /** @throws ParameterException unless the name ends in .wav */
    static void requireWav(Path file, CommandLine line) {
        require(file, line, "Sound", ".wav");
    }

    /** @throws ParameterException unless the name is of a kind of sound file that can be written */
    static SoundFormat requireWritable(Path file, CommandLine line) {
        return SoundFormat.named(file)
                .orElseThrow(() -> new ParameterException(
                        line, "The sound file must be named " + SoundFormat.ENDINGS + "; " + file + " is not."));
    }

    /** @throws ParameterException unless the name ends in .png, .jpg or .jpeg */
    static void requireImage(Path file, CommandLine line) {
        require(file, line, "An image", ".png", ".jpg", ".jpeg");
    }

    private static void require(Path file, CommandLine line, String what, String... endings) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        List<String> allowed = Arrays.asList(endings);
        if (allowed.stream().noneMatch(name::endsWith)) {
            throw new ParameterException(
                    line,
                    what + " file must be named " + String.join(" or ", allowed) + " for now; " + file + " is not.");
        }
    }
}
