package org.riffloom.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoundWriterTests {

    private static final SoundTags TAGS = new SoundTags("bells", "prompt: bells");

    @TempDir
    Path folder = Path.of("");

    private static Waveform chord(int channels, int length) {
        float[][] sound = new float[channels][];
        for (int c = 0; c < channels; c++) {
            sound[c] = Sine.of(440 * (c + 1), 44_100, length, 0.4);
        }
        return new Waveform(44_100, sound);
    }

    @ParameterizedTest
    @CsvSource({
        "WAV, 1, 60001",
        "WAV, 2, 60001",
        "WAV_24, 1, 60001",
        "FLAC, 1, 8192",
        "FLAC, 2, 60001",
        "MP3, 1, 60001",
        "MP3, 2, 1",
        "OPUS, 1, 60001",
        "OPUS, 2, 120000",
        "OPUS, 1, 1"
    })
    void writesInPiecesWhatItWritesAtOnce(SoundFormat format, int channels, int length) throws IOException {
        Waveform sound = chord(channels, length);
        Path once = folder.resolve("once");
        Path pieces = folder.resolve("pieces");
        format.write(sound, TAGS, once);
        try (SoundWriter writer = format.open(pieces, 44_100, channels, TAGS)) {
            int size = 1;
            for (int at = 0; at < length; at += size, size = size * 7 % 5_000 + 1) {
                writer.write(sound.slice(at, Math.min(length, at + size)));
            }
            writer.finish();
        }
        if (format == SoundFormat.MP3) {
            // LAME looks at what it is given at a time, so its choices may differ; the sound's length may not.
            assertThat(SoundReader.read(pieces).length()).isEqualTo(length);
        } else {
            assertThat(pieces).hasSameBinaryContentAs(once);
        }
    }
}
