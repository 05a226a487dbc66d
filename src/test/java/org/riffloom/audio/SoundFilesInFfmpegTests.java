package org.riffloom.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What others make of files that are written, and what is made of files that others write. */
@EnabledIf(value = "org.riffloom.audio.Ffmpeg#usable", disabledReason = Ffmpeg.HOW_TO_ENABLE)
class SoundFilesInFfmpegTests {

    private static final SoundTags TAGS = new SoundTags("Glöckchen → Baß = \u65e5", "prompt: Glöckchen\nseed: 42");

    @TempDir
    Path folder = Path.of("");

    private static Waveform sines(int sampleRate, int channels, int length) {
        float[][] samples = new float[channels][];
        for (int c = 0; c < channels; c++) {
            samples[c] = Sine.of(330 + 110 * c, sampleRate, length, 0.4);
        }
        return new Waveform(sampleRate, samples);
    }

    static Stream<Arguments> written() {
        List<Arguments> all = new ArrayList<>();
        for (SoundFileKind kind : SoundFileKind.values()) {
            for (int channels = 1; channels <= 2; channels++) {
                for (SoundTags tags : List.of(SoundTags.NONE, TAGS)) {
                    all.add(Arguments.of(kind, channels, tags));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("written")
    void areReadToTheSampleWithoutAWarning(SoundFileKind kind, int channels, SoundTags tags) throws IOException {
        int rate = kind == SoundFileKind.OPUS ? 48_000 : 44_100;
        Waveform sound = sines(rate, channels, rate + 1);
        Path file = Files.write(folder.resolve(kind.fileName()), kind.encode(sound, tags));
        Path said = folder.resolve("tags");
        // Ogg has its tags with the stream.
        String from = kind == SoundFileKind.OPUS ? "0:s:0" : "0";
        Waveform decoded =
                Ffmpeg.decode(file, rate, channels, "-map_metadata", from, "-f", "ffmetadata", said.toString());
        assertThat(decoded.length()).isEqualTo(sound.length());
        for (int c = 0; c < channels; c++) {
            assertThat(Sine.signalToNoise(sound.channels()[c], decoded.channels()[c], 2_000))
                    .isGreaterThan(kind.exact() ? 85 : 25);
        }
        String metadata = Files.readString(said);
        if (tags.equals(TAGS)) {
            assertThat(metadata)
                    .containsIgnoringCase("title=" + TAGS.title().replace("=", "\\="))
                    .containsIgnoringCase("comment=" + TAGS.comment().replace("\n", "\\\n"));
        } else {
            assertThat(metadata).doesNotContainIgnoringCase("title=").doesNotContainIgnoringCase("comment=");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void wavesOf24BitsSayWhichLoudspeakersTheyAreFor(int channels) throws IOException {
        Path file = folder.resolve("sound.wav");
        WaveWriter.write(sines(44_100, channels, 1_000), TAGS, 24, file);
        assertThat(Ffmpeg.run("-v", "warning", "-i", file.toString(), "-f", "null", "-"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "wav, 44100, 2, -c:a pcm_u8, 30",
        "wav, 8000, 1, -c:a pcm_s16le, 80",
        "wav, 96000, 2, -c:a pcm_s24le, 80",
        "wav, 48000, 6, -c:a pcm_s24le, 80",
        "wav, 44100, 2, -c:a pcm_s32le, 80",
        "wav, 44100, 2, -c:a pcm_f32le, 80",
        "wav, 44100, 1, -c:a pcm_f64le, 80",
        "flac, 44100, 2, -sample_fmt s16, 80",
        "flac, 96000, 2, -sample_fmt s32 -compression_level 12, 80",
        "flac, 8000, 1, -sample_fmt s16 -compression_level 0, 80",
        "flac, 48000, 6, -sample_fmt s32 -lpc_type cholesky -lpc_passes 2, 80",
        "mp3, 44100, 2, -c:a libmp3lame -b:a 128k, 20",
        "mp3, 44100, 1, -c:a libmp3lame -q:a 2, 20",
        "mp3, 48000, 2, -c:a libmp3lame -joint_stereo 0 -b:a 320k, 20",
        "mp3, 22050, 2, -c:a libmp3lame -b:a 64k, 20",
        "mp3, 11025, 1, -c:a libmp3lame -q:a 4, 20",
        "ogg, 44100, 2, -c:a libvorbis -q:a 5, 20",
        "ogg, 32000, 1, -c:a libvorbis -q:a 2, 20",
        "ogg, 48000, 6, -c:a libvorbis -q:a 6, 15",
        "opus, 48000, 2, -c:a libopus -b:a 96k, 20",
        "opus, 48000, 1, -c:a libopus -b:a 64k -frame_duration 60, 20",
    })
    void areWrittenByOthersAndRead(String ending, int sampleRate, int channels, String options, double decibels)
            throws IOException {
        Waveform sound = sines(sampleRate, channels, sampleRate + 77);
        Path original = folder.resolve("original.wav");
        WaveWriter.write(sound, TAGS, 24, original);
        // The name lies: what is in the file counts.
        Path file = folder.resolve("other.wav");
        List<String> arguments = new ArrayList<>(List.of("-v", "error", "-y", "-i", original.toString()));
        arguments.addAll(List.of(options.split(" ")));
        arguments.addAll(List.of("-f", ending.equals("opus") ? "ogg" : ending, file.toString()));
        Ffmpeg.run(arguments.toArray(String[]::new));
        Waveform read = SoundReader.read(file);
        assertThat(read.sampleRate()).isEqualTo(sampleRate);
        assertThat(read.channels()).hasNumberOfRows(channels);
        assertThat(read.length()).isEqualTo(sound.length());
        if (channels <= 2) {
            for (int c = 0; c < channels; c++) {
                assertThat(Sine.signalToNoise(sound.channels()[c], read.channels()[c], 3_000))
                        .isGreaterThan(decibels);
            }
        }
    }
}
