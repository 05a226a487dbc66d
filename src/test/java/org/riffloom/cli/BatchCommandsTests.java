package org.riffloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.riffloom.audio.SoundFormat;
import org.riffloom.audio.SoundReader;
import org.riffloom.audio.SoundTags;
import org.riffloom.audio.Waveform;
import org.riffloom.spectrogram.SpectrogramImageFile;
import org.riffloom.spectrogram.SpectrogramParameters;
import picocli.CommandLine;

class BatchCommandsTests {

    private static final int RATE = 22_050;

    @TempDir
    Path folder;

    private record Result(int exitCode, String out, String err) {}

    private static Result run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = RiffloomCommand.line().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int exitCode = line.execute(args);
        return new Result(exitCode, out.toString(), err.toString());
    }

    private String write(String name, double seconds) throws IOException {
        Path file = folder.resolve(name);
        Random random = new Random(name.hashCode());
        float[] samples = new float[(int) (seconds * RATE)];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = random.nextFloat() * 0.1f;
        }
        Files.createDirectories(file.getParent());
        SoundFormat.named(file)
                .orElseThrow()
                .write(new Waveform(RATE, new float[][] {samples, samples}), SoundTags.NONE, file);
        return file.toString();
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private List<String> files(String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(name))) {
            return files.filter(Files::isRegularFile)
                    .map(file ->
                            folder.resolve(name).relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void cutsClipsOutOfAFile() throws IOException {
        String song = write("song.flac", 3);
        String[] command = {
            "sample-clips", "--audio", song, "--output-dir", path("clips"), "--num-clips", "3", "--duration-ms", "500"
        };
        Result result = run(command);
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        List<String> names = files("clips");
        assertThat(names).hasSize(3).allMatch(name -> name.matches("clip_[0-2]_start_\\d+_ms_duration_500_ms\\.wav"));
        assertThat(result.out().lines())
                .containsExactlyInAnyOrderElementsOf(
                        names.stream().map(name -> path("clips/" + name)).toList());
        assertThat(run(command).out()).isEqualTo(result.out());

        run("sample-clips", "-a", song, "-o", path("other"), "--mono", "--sample-rate", "32000", "--extension", "MP3");
        Result shortSong = run("sample-clips", "-a", song, "-o", path("other"), "--duration-ms", "5120");
        assertThat(shortSong.exitCode()).isEqualTo(1);
        assertThat(shortSong.err()).contains("song.flac", "too short").hasLineCount(1);
        assertThat(files("other")).isEmpty();

        run("sample-clips", "-a", song, "-o", path("mp3"), "--duration-ms", "500", "--extension", "MP3", "--mono");
        Waveform clip =
                SoundReader.read(folder.resolve("mp3").resolve(files("mp3").get(0)));
        // MP3 files of 22.05 kHz are not written.
        assertThat(clip.sampleRate()).isEqualTo(44_100);
        assertThat(clip.length()).isEqualTo(RATE);
        assertThat(clip.channels()).hasNumberOfRows(1);

        assertThat(run("sample-clips", "-a", write("long.wav", 6), "-o", path("wide"), "--duration-ms", "5119")
                        .exitCode())
                .isZero();
        run("audio-to-image", "-a", path("wide/" + files("wide").get(0)), "-i", path("wide.png"));
        assertThat(SpectrogramImageFile.read(folder.resolve("wide.png")).image().getWidth())
                .isEqualTo(512);
    }

    @Test
    void makesADataSetOfAFolder() throws IOException {
        write("music/a.wav", 2);
        write("music/b/a.wav", 2);
        write("music/b/a.flac", 2);
        Files.writeString(folder.resolve("music/b/bad.mp3"), "no music");
        Files.writeString(folder.resolve("music/cover.jpg"), "no music");
        List<String> command = new ArrayList<>(List.of(
                "sample-clips-batch", "--audio-dir", path("music"), "--output-dir", path("music/clips"), "-j", "2"));
        command.addAll(List.of("--num-clips-per-file", "2", "--duration-ms", "1000", "--sample-rate", "44100"));
        Result clips = run(command.toArray(String[]::new));
        assertThat(clips.exitCode()).isEqualTo(1);
        assertThat(clips.err())
                .startsWith("b/bad.mp3 cannot be read: it is not a sound file")
                .hasLineCount(1);
        assertThat(clips.out())
                .matches("3 made, 0 there already, 1 failed, in \\d+\\.\\d s\\. 1 other file was left alone\\.\\R");
        assertThat(files("music/clips")).hasSize(9);

        Files.delete(folder.resolve("music/b/bad.mp3"));
        assertThat(run(command.toArray(String[]::new)).out()).startsWith("0 made, 3 there already, 0 failed");

        Result images = run("audio-to-images-batch", "-a", path("music/clips"), "-o", path("images"));
        assertThat(images.err()).isEmpty();
        assertThat(images.exitCode()).isZero();
        assertThat(images.out()).matches("6 made, 0 there already, 0 failed, in \\d+\\.\\d s\\.\\R");
        assertThat(files("images"))
                .hasSize(6)
                .allMatch(name ->
                        name.matches("(b/)?a\\.(wav|flac)/clip_[01]_start_\\d+_ms_duration_1000_ms\\.wav\\.png"));
    }

    @Test
    void drawsImagesAsItIsTold() throws IOException {
        String sound = write("music/a.wav", 1);
        List<String> options = List.of(
                "--stereo",
                "--sample-rate",
                "32000",
                "--step-size-ms",
                "5",
                "--window-duration-ms",
                "50",
                "--padded-duration-ms",
                "200",
                "--num-frequencies",
                "64",
                "--min-frequency",
                "20",
                "--max-frequency",
                "8000",
                "--power-for-image",
                "0.5");
        List<String> batch = new ArrayList<>(
                List.of("audio-to-images-batch", "-a", path("music"), "-o", path("out"), "--image-extension", "jpg"));
        batch.addAll(options);
        assertThat(run(batch.toArray(String[]::new)).exitCode()).isZero();
        List<String> single = new ArrayList<>(List.of("audio-to-image", "-a", sound, "-i", path("single.jpg")));
        single.addAll(options);
        assertThat(run(single.toArray(String[]::new)).exitCode()).isZero();
        assertThat(folder.resolve("out/a.wav.jpg")).hasSameBinaryContentAs(folder.resolve("single.jpg"));
        assertThat(SpectrogramImageFile.read(folder.resolve("single.jpg")).parameters())
                .isEqualTo(new SpectrogramParameters(32_000, 5, 50, 200, 64, 20, 8_000, 0.5, true));
    }

    @Test
    void readsTheFirstFilesOfAKind() throws IOException {
        for (String name : List.of("music/c.wav", "music/a/d.wav", "music/b.wav", "music/a.flac")) {
            write(name, 1);
        }
        Result result =
                run("audio-to-images-batch", "-a", path("music"), "-o", path("out"), "--glob", "*.wav", "--limit", "2");
        assertThat(result.out()).startsWith("2 made");
        assertThat(files("out")).containsExactly("a/d.wav.png", "b.wav.png");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                audio-to-images-batch | --jobs 0                   | 2 | --jobs is 0; it must be between 1 and 1024
                audio-to-images-batch | --limit 0                  | 2 | --limit is 0
                audio-to-images-batch | --glob [x                  | 2 | --glob is [x; Missing
                audio-to-images-batch | --glob *.aiff              | 1 | has no files like *.aiff
                audio-to-images-batch | --image-extension gif      | 2 | --image-extension is gif; it must be png
                audio-to-images-batch | --num-frequencies 1        | 2 | frequencies 1; it must be between 2 and 4096
                audio-to-images-batch | --max-frequency 30000      | 2 | it must be between 1 and 22050
                audio-to-images-batch | --step-size-ms ten         | 2 | 'ten' is not an int
                sample-clips-batch    | --num-clips-per-file 0     | 2 | --num-clips-per-file is 0; it must be between 1 and 10000
                sample-clips-batch    | --duration-ms 50           | 2 | --duration-ms is 50; it must be between 100 and 120000
                sample-clips-batch    | --extension aiff           | 2 | --extension is aiff; it must be wav
                sample-clips-batch    | --sample-rate 100          | 2 | between 8000 and 192000
                sample-clips-batch    | --sample-rate 96000 --extension mp3 | 2 | 44100 Hz will do
                """)
    void saysWhatIsWrongWithItsUse(String command, String options, int exitCode, String message) throws IOException {
        write("music/a.wav", 1);
        List<String> all = new ArrayList<>(List.of(command, "-a", path("music"), "-o", path("out")));
        all.addAll(List.of(options.split(" ")));
        Result result = run(all.toArray(String[]::new));
        assertThat(result.err()).contains(message);
        assertThat(result.exitCode()).isEqualTo(exitCode);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void saysWhatIsWrongWithTheFolders() throws IOException {
        write("music/a.wav", 1);
        Result missing = run("sample-clips-batch", "-a", path("none"), "-o", path("out"));
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.err()).contains("none does not exist.").hasLineCount(1);
        Result same = run("sample-clips-batch", "-a", path("music"), "-o", path("music"));
        assertThat(same.exitCode()).isEqualTo(2);
        assertThat(same.err()).contains("must be another folder");
        // Images can lie beside the sounds.
        assertThat(run("audio-to-images-batch", "-a", path("music"), "-o", path("music"))
                        .exitCode())
                .isZero();
        assertThat(files("music")).containsExactly("a.wav", "a.wav.png");
        Result file = run("audio-to-images-batch", "-a", path("music"), "-o", path("music/a.wav"));
        assertThat(file.exitCode()).isEqualTo(1);
        assertThat(file.err()).contains("a.wav").hasLineCount(1);
    }

    @Test
    void everyCommandExplainsItself() {
        assertExplains(RiffloomCommand.line());
    }

    private static void assertExplains(CommandLine line) {
        String name = line.getCommandSpec().qualifiedName();
        line.getSubcommands().values().forEach(BatchCommandsTests::assertExplains);
        assertThat(line.getCommandSpec().usageMessage().description()).as(name).hasSize(1);
        assertThat(line.getCommandSpec().usageMessage().footer())
                .as(name)
                .isNotEmpty()
                .allMatch(text -> text.matches(" {2}java -jar riffloom\\.jar .*| {6}--.*") && text.length() <= 80);
        for (CommandLine.Model.OptionSpec option : line.getCommandSpec().options()) {
            assertThat(option.description())
                    .as(name + " " + option.longestName())
                    .hasSize(1);
        }
    }
}
