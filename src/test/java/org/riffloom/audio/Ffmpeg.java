package org.riffloom.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The ffmpeg that is installed on this machine, as another reader and writer of sound files. */
public final class Ffmpeg {

    public static final String HOW_TO_ENABLE =
            "No ffmpeg was found; install it, or name its executable in the environment as RIFFLOOM_FFMPEG.";

    private Ffmpeg() {}

    /** Whether to run the tests: with ffmpeg, or where a missing one must fail them. */
    static boolean usable() {
        return find().isPresent()
                || Boolean.parseBoolean(
                        System.getProperty("riffloom.tests.noSkip", System.getenv("RIFFLOOM_TESTS_NO_SKIP")));
    }

    /**
     * Reads a whole file, and has nothing to remark.
     *
     * @param options for further outputs of the same run
     * @return its samples, at its own rate
     */
    static Waveform decode(Path file, int sampleRate, int channels, String... options) throws IOException {
        Path raw = file.resolveSibling(file.getFileName() + ".raw");
        // It would say of every plain WAV file, its own too, that it takes one channel for mono and two for stereo.
        List<String> arguments = new ArrayList<>(List.of("-v", "warning", "-guess_layout_max", "0", "-y"));
        arguments.addAll(List.of("-i", file.toString(), "-f", "f32le", "-acodec", "pcm_f32le", raw.toString()));
        arguments.addAll(Arrays.asList(options));
        assertThat(run(arguments.toArray(String[]::new)))
                .as("what ffmpeg says of " + file.getFileName())
                .isEmpty();
        byte[] bytes = Files.readAllBytes(raw);
        ByteBuffer samples = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        float[][] decoded = new float[channels][bytes.length / 4 / channels];
        for (int i = 0; i < decoded[0].length; i++) {
            for (float[] channel : decoded) {
                channel[i] = samples.getFloat();
            }
        }
        return new Waveform(sampleRate, decoded);
    }

    /** Runs it to its end, and returns what it says; a failure of it fails the test. */
    static String run(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(find().orElseThrow(() -> new IllegalStateException(HOW_TO_ENABLE))
                .toString());
        command.addAll(List.of("-hide_banner", "-nostdin"));
        command.addAll(Arrays.asList(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Optional<Path> find() {
        String named = System.getenv("RIFFLOOM_FFMPEG");
        if (named != null && !named.isBlank()) {
            return Optional.of(Path.of(named)).filter(Files::isExecutable);
        }
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(place -> !place.isBlank())
                .flatMap(place -> Stream.of("ffmpeg", "ffmpeg.exe").map(Path.of(place)::resolve))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
