package org.riffloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.riffloom.cli.HostileFiles.PCM;
import static org.riffloom.cli.HostileFiles.RATE;
import static org.riffloom.cli.HostileFiles.floats;
import static org.riffloom.cli.HostileFiles.noise;
import static org.riffloom.cli.HostileFiles.png;
import static org.riffloom.cli.HostileFiles.wave;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that lie about themselves: each is refused in one line that says what is wrong, and nothing is left behind. */
@Timeout(120)
class HostileFilesTests {

    @TempDir
    Path folder = Path.of("");

    private record Lie(String name, byte[] bytes, String answer) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Lie> sounds() {
        byte[] silence = new byte[50_000];
        return Stream.of(
                new Lie("empty", new byte[0], "it is empty"),
                new Lie("no samples", wave(PCM, 1, RATE, 16, new byte[0], 0), "it has no samples"),
                new Lie(
                        "one sample",
                        wave(PCM, 1, RATE, 16, new byte[2], 2),
                        "The sound is too short: it has 1 samples"),
                new Lie("no channels", wave(PCM, 0, RATE, 16, silence, 50_000), "0 channels; 1 to 8 are supported"),
                new Lie("65535 channels", wave(PCM, 65_535, RATE, 16, silence, 50_000), "65535 channels; 1 to 8"),
                new Lie("no rate", wave(PCM, 1, 0, 16, silence, 50_000), "sample rate is 0 Hz; 1000 to 384000"),
                new Lie("4 GHz", wave(PCM, 1, -294_967_296, 16, silence, 50_000), "sample rate is 4000000000 Hz"),
                new Lie("7 bits", wave(PCM, 1, RATE, 7, silence, 50_000), "integers of 8, 16, 24 or 32 bits"),
                new Lie("cut short", wave(PCM, 1, RATE, 16, silence, 441_000), "220500 samples, and ends after 25000"),
                new Lie(
                        "8 hours",
                        wave(PCM, 1, RATE, 16, silence, (int) (8L * 3600 * RATE * 2)),
                        "it is too long for one image"),
                new Lie("not a number", floats(Float.NaN), "samples that are not finite numbers"),
                new Lie("infinite", floats(Float.NEGATIVE_INFINITY), "samples that are not finite numbers"),
                new Lie("out of scale", floats(-1e30f), "a sample of -1.0E30; full scale is 1"));
    }

    static Stream<Lie> pictures() {
        return Stream.of(
                new Lie("empty", new byte[0], "it is neither a PNG nor a JPEG image"),
                new Lie("30000 x 30000", png(30_000, 30_000, 30_000), "it has 900000000 pixels"),
                new Lie("511 high", png(512, 511, 511), "512 bands is as many pixels high, not 511"),
                new Lie("rows missing", png(512, 512, 100), "the image is damaged"),
                new Lie("no pixels at all", png(512, 512, 0), "the image is damaged"),
                new Lie("an hour in no bytes", png(400_000, 512, 0), "it says it has 204800000 pixels, in"),
                new Lie("cut short", Arrays.copyOf(noise(), 20_000), "the image is damaged"));
    }

    @ParameterizedTest
    @MethodSource("sounds")
    void refusesSound(Lie lie) throws IOException {
        assertRefused(lie, "audio-to-image", "--audio", "--image", "out.png");
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void refusesPictures(Lie lie) throws IOException {
        assertRefused(lie, "image-to-audio", "--image", "--audio", "out.wav");
    }

    private void assertRefused(Lie lie, String command, String from, String to, String result) throws IOException {
        Path file = Files.write(folder.resolve("lie"), lie.bytes());
        Path out = folder.resolve(result);
        StringWriter err = new StringWriter();
        int exitCode = RiffloomCommand.line()
                .setErr(new PrintWriter(err, true))
                .execute(command, from, file.toString(), to, out.toString());
        assertThat(err.toString()).contains(lie.answer()).hasLineCount(1).doesNotContain("Unexpected");
        assertThat(exitCode).isEqualTo(1);
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
    }
}
