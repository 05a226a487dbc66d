package org.riffloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.riffloom.audio.LoudnessLeveler;
import org.riffloom.audio.SoundReader;
import org.riffloom.audio.WaveReader;
import org.riffloom.audio.WaveWriter;
import org.riffloom.audio.Waveform;
import org.riffloom.checkpoint.SafetensorsWriter;
import org.riffloom.checkpoint.TensorType;
import org.riffloom.spectrogram.SpectrogramImageFile;
import org.riffloom.spectrogram.SpectrogramTag;

/** The command with the embedded model; few steps, since it is not the music that is tested. */
class RiffCommandTests {

    private static final int CLIP_SAMPLES = 512 * 441;

    /** Channels of the embedded model's first convolution. */
    private static final long CONV_IN = 32;

    @TempDir
    Path folder = Path.of("");

    private record Result(int exitCode, String err) {}

    private Result riff(String... options) {
        List<String> arguments = new ArrayList<>(List.of("riff", "--threads", "1"));
        arguments.addAll(List.of(options));
        StringWriter err = new StringWriter();
        int exitCode =
                RiffloomCommand.line().setErr(new PrintWriter(err, true)).execute(arguments.toArray(String[]::new));
        return new Result(exitCode, err.toString());
    }

    @Test
    void makesSoundOfTheExactLengthAndTheSameTwice() throws IOException {
        Path once = folder.resolve("once.wav");
        Path again = folder.resolve("again.wav");
        for (Path file : List.of(once, again)) {
            Result result = riff(
                    "--prompt",
                    "jazz piano",
                    "--to",
                    "church bells",
                    "--clips",
                    "2",
                    "--steps",
                    "2",
                    "--out",
                    file.toString());
            assertThat(result).isEqualTo(new Result(0, ""));
        }
        Waveform sound = WaveReader.read(once);
        assertThat(sound.sampleRate()).isEqualTo(44_100);
        assertThat(sound.length()).isEqualTo(2 * CLIP_SAMPLES);
        assertThat(LoudnessLeveler.decibels(sound)).isBetween(-20.0, -12.0);
        assertThat(again).hasSameBinaryContentAs(once);
        assertThat(Files.readString(once, StandardCharsets.ISO_8859_1))
                .contains("prompt: jazz piano\nto: church bells\nclips: 2\n", "steps: 2", "model: riffloom-mini");
    }

    @Test
    void makesALoopOfTheExactLength() throws IOException {
        Path file = folder.resolve("loop.wav");
        assertThat(riff(
                        "--prompt",
                        "techno",
                        "--clips",
                        "2",
                        "--loop",
                        "--steps",
                        "2",
                        "--compress",
                        "--out",
                        file.toString()))
                .isEqualTo(new Result(0, ""));
        Waveform sound = WaveReader.read(file);
        assertThat(sound.length()).isEqualTo(2 * CLIP_SAMPLES);
        assertThat(LoudnessLeveler.decibels(sound)).isBetween(-20.0, -12.0);
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                .contains("smpl", "clips: 2\nalpha: 0.0\nseed: 42");
    }

    @Test
    void paintsASoundAnewToTheSample() throws IOException {
        Path in = folder.resolve("in.wav");
        Path out = folder.resolve("out.flac");
        WaveWriter.write(new Waveform(48_000, new float[][] {new float[24_001], new float[24_001]}), in);
        Result result = riff(
                "--audio",
                in.toString(),
                "--prompt",
                "flute",
                "--denoising",
                "0.5",
                "--steps",
                "2",
                "--keep-below",
                "200",
                "--keep-time",
                "0-0.1",
                "--out",
                out.toString());
        assertThat(result).isEqualTo(new Result(0, ""));
        assertThat(SoundReader.read(out).length()).isEqualTo(22_051);
        assertThat(Files.readString(out, StandardCharsets.ISO_8859_1))
                .contains("audio: in.wav", "kept below: 200.0 Hz");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void leavesNothingOfASoundThatCannotBeRead() throws IOException {
        Path words = Files.writeString(folder.resolve("words.mp3"), "Once upon a time");
        Path out = folder.resolve("out.wav");
        Files.writeString(out, "what was there before");
        Result result = riff("--audio", words.toString(), "--prompt", "flute", "--out", out.toString());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("words.mp3 cannot be read").hasLineCount(1);
        assertThat(out).hasContent("what was there before");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void drawsOneWidePictureWithItsTags() throws IOException {
        Path file = folder.resolve("riff.png");
        assertThat(riff("--prompt", "flute", "--clips", "2", "--steps", "2", "--out", file.toString()))
                .isEqualTo(new Result(0, ""));
        assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(1024);
        assertThat(SpectrogramImageFile.tags(file)).containsEntry(SpectrogramTag.SAMPLE_RATE, 44_100);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                --prompt ''                              | The prompt is empty
                --prompt x --clips 0                     | --clips is 0; it must be between 1 and 1000
                --prompt x --denoising 2                 | denoising is 2.0; it must be above 0 and at most 1
                --prompt x --steps 0                     | steps is 0; it must be between 1 and 150
                --prompt x --seed 1.5                    | '1.5' is not a long
                --prompt x --seed-image nonsense         | There is no seed image "nonsense"
                --prompt x --lora bells.safetensors=much  | 'much' is not a double
                --prompt x --loop --clips 25             | --clips is 25; it must be between 1 and 24
                --prompt x --to y --loop --clips 1       | --clips is 1; it must be between 2 and 24
                --prompt x --loop --out riff.png         | must be named .wav, .flac, .mp3, .opus or .ogg
                --prompt x --loop --out riff.opus        | A loop must be named .wav or .flac
                --prompt x --audio a.wav --clips 2       | leave out --to, --clips, --loop, --seed-image
                --prompt x --audio a.wav --compress      | leave out --compress
                --prompt x --audio a.wav --out riff.png  | must be named .wav, .flac, .mp3, .opus or .ogg
                --prompt x --audio a.wav --keep-time 3-2 | cannot be kept; it must end after it begins
                --prompt x --audio a.wav --keep-time 3   | '3' is not two times in seconds
                --prompt x --audio a.wav --keep-below 300 --keep-above 200 | nothing is left to be painted
                --prompt x --keep-below 300              | give --audio too
                --prompt x --out riff.aiff               | must be named .png, .wav, .flac, .mp3, .opus or .ogg
                """)
    void saysWhatIsWrongWithItsUse(String options, String message) {
        List<String> arguments = new ArrayList<>();
        if (!options.contains("--out")) {
            arguments.addAll(List.of("--out", folder.resolve("riff.wav").toString()));
        }
        for (String option : options.split(" ")) {
            arguments.add(option.equals("''") ? "" : option);
        }
        Result result = riff(arguments.toArray(String[]::new));
        assertThat(result.err()).contains(message);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(folder.resolve("riff.wav")).doesNotExist();
    }

    @Test
    void saysWhichLoraDoesNotFit() {
        Path lora = new SafetensorsWriter()
                .add("lora_unet_conv_in.lora_down.weight", TensorType.F32, List.of(1L, 9L, 3L, 3L), new byte[324])
                .add("lora_unet_conv_in.lora_up.weight", TensorType.F32, List.of(64L, 1L), new byte[256])
                .write(folder.resolve("bells.safetensors"));
        Result result = riff(
                "--prompt",
                "x",
                "--lora",
                lora + "=0.5",
                "--out",
                folder.resolve("riff.wav").toString());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .contains(lora.toString(), "lora_unet_conv_in.lora_down.weight")
                .hasLineCount(1);
    }

    @Test
    void consistencySchedulerAndALoraMakeAnotherPictureOfTheSameSize() throws IOException {
        // conv_in of the embedded model, moved by a rank of one.
        Path lora = new SafetensorsWriter()
                .add("unet.conv_in.lora_A.weight", TensorType.F32, List.of(1L, 4L, 3L, 3L), floats(36))
                .add("unet.conv_in.lora_B.weight", TensorType.F32, List.of(CONV_IN, 1L), floats((int) CONV_IN))
                .write(folder.resolve("bells.safetensors"));
        List<byte[]> pictures = new ArrayList<>();
        for (String weight : List.of("0", "1")) {
            Path file = folder.resolve(weight + ".png");
            assertThat(riff(
                            "--prompt",
                            "flute",
                            "--scheduler",
                            "lcm",
                            "--steps",
                            "1",
                            "--lora",
                            lora + "=" + weight,
                            "--out",
                            file.toString()))
                    .isEqualTo(new Result(0, ""));
            assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(512);
            pictures.add(Files.readAllBytes(file));
        }
        assertThat(pictures.get(1)).isNotEqualTo(pictures.get(0));
    }

    private static byte[] floats(int count) {
        ByteBuffer floats = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            floats.putFloat(0.1f * (i % 5 - 2));
        }
        return floats.array();
    }

    @Test
    void saysWhichModelIsMissing() {
        Result result = riff(
                "--prompt",
                "x",
                "--model",
                "no-such-model",
                "--out",
                folder.resolve("riff.wav").toString());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("no-such-model").hasLineCount(1);
        assertThat(Files.exists(folder.resolve("riff.wav"))).isFalse();
    }
}
