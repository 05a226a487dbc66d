package org.riffloom.cli;

import org.riffloom.spectrogram.SpectrogramParameters;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of a command that say what a spectrogram image means; an image's tags tell them again. */
final class ImageOptions {

    @Option(
            names = "--stereo",
            description = "Keep two channels, in green and blue, where the default mixes to one, in grey.")
    private boolean stereo;

    @Option(
            names = "--sample-rate",
            paramLabel = "HZ",
            defaultValue = "44100",
            description = "Sample rate of the sound that is to be made of an image (default: ${DEFAULT-VALUE}).")
    private int sampleRate;

    @Option(
            names = "--step-size-ms",
            paramLabel = "MS",
            defaultValue = "10",
            description = "Time from one column to the next (default: ${DEFAULT-VALUE}).")
    private int stepMillis;

    @Option(
            names = "--window-duration-ms",
            paramLabel = "MS",
            defaultValue = "100",
            description = "Sound that a column is made of (default: ${DEFAULT-VALUE}).")
    private int windowMillis;

    @Option(
            names = "--padded-duration-ms",
            paramLabel = "MS",
            defaultValue = "400",
            description = "The same with silence on both sides, which makes bins finer (default: ${DEFAULT-VALUE}).")
    private int paddedMillis;

    @Option(
            names = "--num-frequencies",
            paramLabel = "N",
            defaultValue = "512",
            description = "Rows of an image, mel bands (default: ${DEFAULT-VALUE}).")
    private int bands;

    @Option(
            names = "--min-frequency",
            paramLabel = "HZ",
            defaultValue = "0",
            description = "Where the lowest band begins (default: ${DEFAULT-VALUE}).")
    private int minFrequency;

    @Option(
            names = "--max-frequency",
            paramLabel = "HZ",
            defaultValue = "10000",
            description = "Where the highest band ends (default: ${DEFAULT-VALUE}).")
    private int maxFrequency;

    @Option(
            names = "--power-for-image",
            paramLabel = "X",
            defaultValue = "0.25",
            description = "Power of the loudness that pixels show (default: ${DEFAULT-VALUE}).")
    private double power;

    /**
     * All of them.
     *
     * @throws ParameterException if a value is out of its range
     */
    SpectrogramParameters parameters(CommandLine line) {
        try {
            return new SpectrogramParameters(
                    sampleRate,
                    stepMillis,
                    windowMillis,
                    paddedMillis,
                    bands,
                    minFrequency,
                    maxFrequency,
                    power,
                    stereo);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(line, e.getMessage());
        }
    }
}
