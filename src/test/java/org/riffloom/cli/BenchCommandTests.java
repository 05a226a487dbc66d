package org.riffloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the command reports of the embedded model, but for how long things take. */
class BenchCommandTests {

    @TempDir
    Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int bench(String... options) {
        List<String> arguments = new ArrayList<>(List.of("bench", "--threads", "1"));
        arguments.addAll(List.of(options));
        return RiffloomCommand.line()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }

    @Test
    void reportsStagesThatAddUpToAClip() throws IOException {
        Path file = folder.resolve("figures.json");
        assertThat(bench("--steps", "2", "--rounds", "1", "--json", file.toString()))
                .isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString())
                .startsWith("riffloom-mini on ")
                .contains("1 clips of 2 steps", "model loaded", "seed image", "whole clip", "times real time");

        JsonNode report = JsonMapper.builder().build().readTree(Files.readString(file));
        assertThat(report.get("rounds").asInt()).isEqualTo(1);
        assertThat(report.get("steps").asInt()).isEqualTo(2);
        double clip = 0;
        for (String stage : List.of("text", "seedImage", "picture", "sound")) {
            clip += median(report, stage);
            assertThat(median(report, stage)).as(stage).isPositive();
        }
        // Of two steps, the median is the mean.
        clip += 2 * median(report, "step");
        assertThat(median(report, "clip")).isCloseTo(clip, within(0.05 * clip));
        assertThat(report.get("timesRealTime").asDouble())
                .isCloseTo(report.get("clipSeconds").asDouble() / median(report, "clip"), within(1e-6));

        JsonNode start = report.get("start");
        double before = 0;
        for (String moment : List.of("loaded", "firstStepBegins", "firstStepDone", "firstClip")) {
            assertThat(start.get(moment).asDouble()).as(moment).isGreaterThan(before);
            before = start.get(moment).asDouble();
        }
    }

    private static double median(JsonNode report, String stage) {
        return report.get(stage).get("median").asDouble();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                --steps 0           | --steps is 0; it must be between 1 and 150
                --rounds 0          | --rounds is 0; it must be between 1 and 1000
                --rounds many       | 'many' is not an int
                """)
    void saysWhatIsWrongWithItsUse(String options, String message) {
        assertThat(bench(options.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(message);
    }

    @Test
    void saysWhichModelIsMissing() {
        assertThat(bench("--model", "no-such-model")).isEqualTo(1);
        assertThat(err.toString()).contains("no-such-model").hasLineCount(1);
    }
}
