package org.riffloom.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.riffloom.clip.Benchmark;
import org.riffloom.clip.BenchmarkReport;
import org.riffloom.prompt.InvalidRequestException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code bench}: how long each stage of making a clip takes. The JSON file has the fields of {@link BenchmarkReport},
 * under the same names and in the same units:
 *
 * <pre>
 * {"model": "riffloom-mini", "device": "cpu", "threads": 1, "steps": 20, "rounds": 3,
 *  "start": {"loaded": 1.1, "firstStepBegins": 1.2, "firstStepDone": 1.3, "firstClip": 3.4},
 *  "text": {"median": 0.01, "min": 0.01, "max": 0.02}, "seedImage": {…}, "step": {…}, "picture": {…}, "sound": {…},
 *  "clip": {…}, "clipSeconds": 5.12, "timesRealTime": 4.5, "peakResidentBytes": 700000000, "load": 1.0}
 * </pre>
 */
@Command(
        name = "bench",
        description = "Measures how long this machine takes for a clip, stage by stage. "
                + "The first clip, which is from noise alone and finds nothing warm, counts for the start only; each round makes "
                + "another one from a seed image, with new texts.",
        footerHeading = "%nExample:%n",
        footer = "  java -jar riffloom.jar bench --rounds 5 --json figures.json")
final class BenchCommand implements Callable<Integer> {

    private static final int MAX_STEPS = 150;
    private static final int MAX_ROUNDS = 1_000;
    private static final double MEGABYTE = 1e6;

    @Option(names = "--steps", paramLabel = "N", description = "Steps of the scheduler (default: the model's choice).")
    private @Nullable Integer steps;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Clips to measure (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--json", paramLabel = "FILE", description = "File to write the figures to, in seconds and bytes.")
    private @Nullable Path json;

    @ArgGroup(validate = false, heading = "%nWhat is measured:%n")
    private ModelOptions model = new ModelOptions();

    @ArgGroup(validate = false, heading = "%nWhere a model with a hub's name comes from:%n")
    private HubOptions hub = new HubOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        requireRange("steps", steps == null ? 1 : steps, MAX_STEPS);
        requireRange("rounds", rounds, MAX_ROUNDS);
        Quiet.warningsOnly();
        BenchmarkReport report = measure();
        print(report);
        if (json != null) {
            Files.writeString(json, JsonMapper.builder().build().writeValueAsString(report) + "\n");
        }
        return 0;
    }

    private static void requireRange(String name, int value, int max) {
        if (value < 1 || value > max) {
            throw new InvalidRequestException(
                    name, "--" + name + " is " + value + "; it must be between 1 and " + max + ".");
        }
    }

    private BenchmarkReport measure() {
        PrintWriter err = spec.commandLine().getErr();
        // The first clip is one more.
        try (FetchBar bar = new FetchBar(err);
                Progress progress = new Progress(err, rounds + 1)) {
            return Benchmark.run(model.properties(hub), steps == null ? 0 : steps, rounds, bar, (step, all) -> {
                int each = all / (rounds + 1);
                progress.show((step - 1) / each, (step - 1) % each + 1, each);
            });
        }
    }

    private void print(BenchmarkReport report) {
        PrintWriter out = spec.commandLine().getOut();
        line(
                out,
                "%s on %s, %d threads, %d clips of %d steps",
                report.model(),
                report.device(),
                report.threads(),
                report.rounds(),
                report.steps());
        line(out, "");
        line(out, "from the start of the process      s");
        line(out, "  model loaded           %11.3f", report.start().loaded());
        line(out, "  first step begins      %11.3f", report.start().firstStepBegins());
        line(out, "  first step done        %11.3f", report.start().firstStepDone());
        line(out, "  first clip             %11.3f", report.start().firstClip());
        line(out, "");
        line(out, "each stage, in s              median       least        most");
        spread(out, "two texts", report.text());
        spread(out, "seed image", report.seedImage());
        spread(out, "one step", report.step());
        spread(out, "picture", report.picture());
        spread(out, "sound", report.sound());
        spread(out, "whole clip", report.clip());
        line(out, "");
        line(out, "a clip plays %.2f s: %.2f times real time", report.clipSeconds(), report.timesRealTime());
        if (report.peakResidentBytes() != null) {
            line(out, "peak memory %.0f MB", report.peakResidentBytes() / MEGABYTE);
        }
        if (report.load() != null) {
            line(out, "load of the machine %.1f", report.load());
        }
        out.flush();
    }

    private static void spread(PrintWriter out, String stage, BenchmarkReport.Spread spread) {
        line(out, "  %-22s %11.3f %11.3f %11.3f", stage, spread.median(), spread.min(), spread.max());
    }

    private static void line(PrintWriter out, String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
