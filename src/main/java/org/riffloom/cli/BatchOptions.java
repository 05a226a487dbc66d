package org.riffloom.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of a command that works on many files. */
final class BatchOptions {

    private static final int MAX_JOBS = 1_024;

    @Option(
            names = {"-a", "--audio-dir"},
            required = true,
            paramLabel = "FOLDER",
            description = "Folder of sound files to read, with all folders in it.")
    private Path audioDir = Path.of("");

    @Option(
            names = {"-o", "--output-dir"},
            required = true,
            paramLabel = "FOLDER",
            description = "Folder to write to, with the same folders in it.")
    private Path outputDir = Path.of("");

    @Option(
            names = "--glob",
            paramLabel = "PATTERN",
            description =
                    "Which files to read, such as '*.flac', or '**/live/*' with folders (default: the sound files, "
                            + "by their names).")
    private @Nullable String glob;

    @Option(names = "--limit", paramLabel = "N", description = "Read the first N files only, by name (default: all).")
    private @Nullable Integer limit;

    @Option(
            names = {"-j", "--jobs"},
            paramLabel = "N",
            description = "Files to work on at the same time (default: one for each processor).")
    private @Nullable Integer jobs;

    Path audioDir() {
        return audioDir;
    }

    Path outputDir() {
        return outputDir;
    }

    @Nullable
    String glob() {
        return glob;
    }

    int limit() {
        return limit == null ? Integer.MAX_VALUE : limit;
    }

    int jobs() {
        return jobs == null ? Runtime.getRuntime().availableProcessors() : jobs;
    }

    /**
     * Looks at the numbers.
     *
     * @throws ParameterException if one is out of its range
     */
    void check(CommandLine line) {
        if (limit() < 1) {
            throw new ParameterException(line, "--limit is " + limit + "; it must be at least 1.");
        }
        if (jobs() < 1 || jobs() > MAX_JOBS) {
            throw new ParameterException(line, "--jobs is " + jobs + "; it must be between 1 and " + MAX_JOBS + ".");
        }
    }
}
