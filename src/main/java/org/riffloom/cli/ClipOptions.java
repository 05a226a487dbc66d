package org.riffloom.cli;

import java.nio.file.Path;
import org.riffloom.audio.ClipSampler;
import org.riffloom.audio.SoundFormat;
import org.riffloom.dataset.ClipSettings;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of a command that say how clips are cut and written. */
final class ClipOptions {

    @Option(
            names = "--duration-ms",
            paramLabel = "MS",
            defaultValue = "5120",
            description = "Length of a clip: " + ClipSampler.MIN_MILLIS + " to " + ClipSampler.MAX_MILLIS
                    + " (default: ${DEFAULT-VALUE}); 5119 makes images 512 columns wide.")
    private int millis;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Says where clips are cut; any whole number (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--extension",
            paramLabel = "EXT",
            defaultValue = "wav",
            description = "Kind of the clips' files: wav, flac, mp3, opus or ogg (default: ${DEFAULT-VALUE}).")
    private String extension = "";

    @Option(names = "--mono", description = "Mix to one channel, where the default keeps two.")
    private boolean mono;

    @Option(
            names = "--sample-rate",
            paramLabel = "HZ",
            description = "Sample rate of the clips: 8000 to 192000 (default: that of the sound).")
    private int sampleRate;

    /**
     * @param clips of each sound
     * @throws ParameterException if a value is out of its range
     */
    ClipSettings settings(int clips, String clipsOption, CommandLine line) {
        requireRange(clipsOption, clips, 1, ClipSampler.MAX_CLIPS, line);
        requireRange("--duration-ms", millis, ClipSampler.MIN_MILLIS, ClipSampler.MAX_MILLIS, line);
        String ending = "." + extension;
        SoundFormat format = SoundFormat.named(Path.of("clip" + ending))
                .orElseThrow(() -> new ParameterException(
                        line, "--extension is " + extension + "; it must be wav, flac, mp3, opus or ogg."));
        try {
            return new ClipSettings(new ClipSampler(clips, millis, seed), format, ending, mono, sampleRate);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(line, e.getMessage());
        }
    }

    private static void requireRange(String option, int value, int min, int max, CommandLine line) {
        if (value < min || value > max) {
            throw new ParameterException(
                    line, option + " is " + value + "; it must be between " + min + " and " + max + ".");
        }
    }
}
