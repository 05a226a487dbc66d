package org.riffloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.riffloom.audio.LoudnessLeveler;
import org.riffloom.audio.Mp3Sound;
import org.riffloom.audio.SoundReader;
import org.riffloom.audio.WaveReader;
import org.riffloom.audio.Waveform;
import org.riffloom.spectrogram.MelSpectrogram;
import org.riffloom.spectrogram.SpectrogramImage;
import org.riffloom.spectrogram.SpectrogramImageFile;

class RiffloomCommandTests {

    @TempDir
    Path folder = Path.of("");

    private record Result(int exitCode, String out, String err) {}

    private static Result run(String... args) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
        try {
            int exitCode = RiffloomCommand.execute(args);
            return new Result(
                    exitCode, outBytes.toString(StandardCharsets.UTF_8), errBytes.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private String music() throws IOException {
        Path file = folder.resolve("funk.png");
        try (var in = RiffloomCommandTests.class.getResourceAsStream("/music/funk.png")) {
            Files.write(file, in.readAllBytes());
        }
        return file.toString();
    }

    @Test
    void goesFromImageToAudioAndBack() throws IOException {
        String audio = folder.resolve("sound.wav").toString();
        String image = folder.resolve("again.png").toString();
        assertThat(run("image-to-audio", "--image", music(), "--audio", audio)).isEqualTo(new Result(0, "", ""));
        assertThat(WaveReader.read(Path.of(audio)).length()).isEqualTo(512 * 441);
        assertThat(run("audio-to-image", "--audio", audio, "--image", image)).isEqualTo(new Result(0, "", ""));
        Result tags = run("print-exif", "--image", image);
        assertThat(tags.exitCode()).isZero();
        assertThat(tags.out().lines()).hasSize(10).anyMatch(line -> line.matches("SAMPLE_RATE +44100"));
    }

    @Test
    void writesTheSameSoundAsMp3() throws IOException {
        Path exact = folder.resolve("sound.wav");
        Path packed = folder.resolve("sound.MP3");
        for (Path file : List.of(exact, packed)) {
            assertThat(run("image-to-audio", "--quality=draft", "--image", music(), "--audio", file.toString()))
                    .isEqualTo(new Result(0, "", ""));
        }
        Waveform sound = WaveReader.read(exact);
        Waveform decoded = Mp3Sound.decode(Files.readAllBytes(packed));
        assertThat(decoded.length()).isEqualTo(sound.length());
        assertThat(correlation(sound.channels()[0], decoded.channels()[0])).isGreaterThan(0.98);
    }

    @Test
    void goesThroughEveryKindOfFile() throws IOException {
        float[] exact = null;
        for (String name : List.of("a.wav", "a.flac", "a.mp3", "a.opus", "a.ogg")) {
            String audio = folder.resolve(name).toString();
            String image = folder.resolve(name + ".png").toString();
            assertThat(run("image-to-audio", "--quality=draft", "--image", music(), "--audio", audio))
                    .isEqualTo(new Result(0, "", ""));
            assertThat(run("audio-to-image", "--audio", audio, "--image", image))
                    .isEqualTo(new Result(0, "", ""));
            MelSpectrogram mel = SpectrogramImageFile.read(Path.of(image)).toMel();
            assertThat(mel.frames()).as(name).isEqualTo(513);
            float[] first = mel.magnitudes()[0];
            exact = exact == null ? first : exact;
            assertThat(correlation(exact, first)).as(name).isGreaterThan(0.98);
        }
    }

    @Test
    void writes24Bits() throws IOException {
        Path file = folder.resolve("fine.wav");
        assertThat(run(
                        "image-to-audio",
                        "--quality=draft",
                        "--image",
                        music(),
                        "--audio",
                        file.toString(),
                        "--bits",
                        "24"))
                .isEqualTo(new Result(0, "", ""));
        // The header of more than 16 bits is longer by 24 bytes.
        assertThat(Files.size(file)).isEqualTo(44 + 24 + 3 * 512 * 441);
        assertThat(WaveReader.read(file).length()).isEqualTo(512 * 441);
    }

    @Test
    void makesLoopsOfTheExactLength() throws IOException {
        for (String name : List.of("loop.wav", "loop.flac")) {
            Path file = folder.resolve(name);
            assertThat(run(
                            "image-to-audio",
                            "--quality=draft",
                            "--image",
                            music(),
                            "--audio",
                            file.toString(),
                            "--loop"))
                    .isEqualTo(new Result(0, "", ""));
            assertThat(SoundReader.read(file).length()).isEqualTo(512 * 441);
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .contains(name.endsWith("wav") ? "smpl" : "LOOPLENGTH=225792");
        }
        Result packed = run("image-to-audio", "--image", music(), "--audio", "loop.mp3", "--loop");
        assertThat(packed.exitCode()).isEqualTo(2);
        assertThat(packed.err()).contains("A loop must be named .wav or .flac; loop.mp3 is not");
    }

    @Test
    void drawsManyImagesOfOneSound() throws IOException {
        String audio = folder.resolve("sound.wav").toString();
        String image = folder.resolve("sound.png").toString();
        run("image-to-audio", "--quality=draft", "--image", music(), "--audio", audio);
        Result result = run("audio-to-image", "--audio", audio, "--image", image, "--columns", "200");
        assertThat(result.exitCode()).isZero();
        List<String> names = result.out().lines().toList();
        assertThat(names)
                .containsExactly(
                        folder.resolve("sound-0001.png").toString(),
                        folder.resolve("sound-0002.png").toString(),
                        folder.resolve("sound-0003.png").toString());
        assertThat(Path.of(image)).doesNotExist();
        run("audio-to-image", "--audio", audio, "--image", image);
        MelSpectrogram whole = SpectrogramImageFile.read(Path.of(image)).toMel();
        int at = 0;
        for (String name : names) {
            MelSpectrogram part = SpectrogramImageFile.read(Path.of(name)).toMel();
            MelSpectrogram same = whole.slice(at, at + part.frames());
            assertThat(correlation(part.magnitudes()[0], same.magnitudes()[0])).isGreaterThan(0.999);
            at += part.frames();
        }
        assertThat(at).isEqualTo(513);
        assertThat(run("audio-to-image", "--audio", audio, "--image", image, "--columns", "0")
                        .err())
                .contains("--columns is 0; it must be between 1 and 65500");
    }

    @Test
    void worksAsLongOnASoundAsOneAsks() throws IOException {
        Path draft = folder.resolve("draft.wav");
        Path best = folder.resolve("best.wav");
        assertThat(run("image-to-audio", "--image", music(), "--audio", draft.toString(), "--quality", "draft"))
                .isEqualTo(new Result(0, "", ""));
        assertThat(run("image-to-audio", "--image", music(), "--audio", best.toString(), "--quality", "best"))
                .isEqualTo(new Result(0, "", ""));
        assertThat(WaveReader.read(best).length()).isEqualTo(512 * 441);
        assertThat(best)
                .satisfies(file -> assertThat(Files.readAllBytes(file)).isNotEqualTo(Files.readAllBytes(draft)));
        assertThat(run("image-to-audio", "--image", "a.png", "--audio", "a.wav", "--quality", "worst")
                        .err())
                .contains("--quality", "DRAFT, STANDARD, BEST");
    }

    /** Of a picture whose tags count samples from -1 to 1, as many programs do, and not from -32768 to 32767. */
    @Test
    void isAsLoudWhateverThePictureSaysOfItsLoudness() throws IOException {
        SpectrogramImage music = SpectrogramImageFile.read(Path.of(music()));
        Path quiet = folder.resolve("quiet.png");
        float maximum = music.maximum() / 32_768;
        Files.write(
                quiet,
                SpectrogramImageFile.encodePng(new SpectrogramImage(music.image(), music.parameters(), maximum)));
        for (String option : List.of("--bits=16", "--loop")) {
            Path sound = folder.resolve("quiet.wav");
            assertThat(run(
                            "image-to-audio",
                            "--quality=draft",
                            "--image",
                            quiet.toString(),
                            "--audio",
                            sound.toString(),
                            option))
                    .isEqualTo(new Result(0, "", ""));
            assertThat(LoudnessLeveler.decibels(WaveReader.read(sound))).isBetween(-18.0, -16.0);
        }
    }

    @Test
    void compressesWhenItIsAskedTo() throws IOException {
        Path plain = folder.resolve("plain.wav");
        Path even = folder.resolve("even.wav");
        for (String kind : List.of("--bits=16", "--loop")) {
            run("image-to-audio", "--quality=draft", "--image", music(), "--audio", plain.toString(), kind);
            assertThat(run(
                            "image-to-audio",
                            "--quality=draft",
                            "--image",
                            music(),
                            "--audio",
                            even.toString(),
                            kind,
                            "--compress"))
                    .isEqualTo(new Result(0, "", ""));
            assertThat(WaveReader.read(even).length()).isEqualTo(512 * 441);
            float[] a = WaveReader.read(plain).channels()[0];
            float[] b = WaveReader.read(even).channels()[0];
            assertThat(b).isNotEqualTo(a);
            assertThat(correlation(a, b)).isGreaterThan(0.98);
        }
    }

    private static double correlation(float[] a, float[] b) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += a[i] * b[i];
            aa += a[i] * a[i];
            bb += b[i] * b[i];
        }
        return ab / Math.sqrt(aa * bb);
    }

    @Test
    void saysInOneLineWhatFailed() throws IOException {
        String missing = folder.resolve("missing.png").toString();
        String audio = folder.resolve("sound.wav").toString();
        assertThat(run("image-to-audio", "--image", missing, "--audio", audio))
                .isEqualTo(new Result(1, "", missing + " does not exist.\n".replace("\n", System.lineSeparator())));
        Path words = Files.writeString(folder.resolve("words.wav"), "Once upon a time");
        Result result = run("audio-to-image", "--audio", words.toString(), "--image", missing);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err().lines()).singleElement().asString().contains("words.wav", "not a sound file");
    }

    @Test
    void saysWhatIsWrongWithTheUsage() {
        assertThat(run("image-to-audio", "--image", "a.png").exitCode()).isEqualTo(2);
        Result aiff = run("image-to-audio", "--image", "a.png", "--audio", "a.aiff");
        assertThat(aiff.exitCode()).isEqualTo(2);
        assertThat(aiff.err()).contains(".mp3, .opus or .ogg", "a.aiff", "--help");
        assertThat(run("image-to-audio", "--image", "a.png", "--audio", "a.flac", "--bits", "24")
                        .err())
                .contains("--bits is 24");
        assertThat(run("image-to-audio", "--image", "a.png", "--audio", "a.wav", "--bits", "20")
                        .exitCode())
                .isEqualTo(2);
        assertThat(run("audio-to-image", "--image", "a.gif", "--audio", "a.wav").exitCode())
                .isEqualTo(2);
        assertThat(run("sing").exitCode()).isEqualTo(2);
    }

    @Test
    void helps() {
        assertThat(run("--help").out()).contains("image-to-audio", "audio-to-image", "print-exif", "Exit codes");
        assertThat(run("audio-to-image", "--help").out()).contains("--stereo");
        assertThat(run("--version").exitCode()).isZero();
    }
}
