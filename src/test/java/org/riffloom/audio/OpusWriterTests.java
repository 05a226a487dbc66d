package org.riffloom.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpusWriterTests {

    private static Waveform decode(byte[] file) throws IOException {
        return SoundReader.read(new ByteArrayInputStream(file), "test.opus", Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 647, 648, 649, 960, 47_687, 47_688, 47_689, 48_000, 100_000})
    void lastsToTheSample(int length) throws IOException {
        byte[] file = SoundFileKind.OPUS.encode(
                new Waveform(48_000, new float[][] {Sine.of(1_000, 48_000, length, 0.5)}), SoundTags.NONE);
        assertThat(decode(file).length()).isEqualTo(length);
        assertThat(endAndPreSkip(file)).containsExactly(length + 312L, 312L);
    }

    /** What the last page's position is, and the head's number of samples to leave out. */
    private static long[] endAndPreSkip(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int last = file.length - 4;
        while (bytes.getInt(last) != 0x5367674F) {
            last--;
        }
        assertThat(file[last + 5]).as("flags of the last page").isEqualTo((byte) 4);
        return new long[] {bytes.getLong(last + 6), Short.toUnsignedInt(bytes.getShort(28 + 10))};
    }

    @ParameterizedTest
    @CsvSource({"48000, 1", "44100, 1", "44100, 2", "22050, 2", "96000, 1"})
    void soundsTheSameAtTheSameTime(int sampleRate, int channels) throws IOException {
        float[][] samples = IntStream.range(0, channels)
                .mapToObj(c -> Sine.of(440 * (c + 1), sampleRate, 2 * sampleRate, 0.5))
                .toArray(float[][]::new);
        byte[] file = SoundFileKind.OPUS.encode(new Waveform(sampleRate, samples), SoundTags.NONE);
        Waveform decoded = decode(file);
        assertThat(decoded.sampleRate()).isEqualTo(48_000);
        assertThat(decoded.length()).isEqualTo(96_000);
        for (int c = 0; c < channels; c++) {
            float[] wanted = Sine.of(440 * (c + 1), 48_000, 96_000, 0.5);
            assertThat(Sine.signalToNoise(wanted, decoded.channels()[c], 2_000)).isGreaterThan(30);
        }
    }

    @Test
    void clipsLastAsLongAsTheyShould() throws IOException {
        Waveform clip = new Waveform(44_100, new float[][] {Sine.of(300, 44_100, 512 * 441, 0.5)});
        byte[] file = SoundFileKind.OPUS.encode(clip, SoundTags.NONE);
        assertThat(decode(file).seconds()).isCloseTo(5.12, within(1e-12));
    }

    @Test
    void cannotWriteWhatTheFormatCannotHold() {
        for (float[][] channels : new float[][][] {new float[3][10], new float[1][0]}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SoundFileKind.OPUS.encode(new Waveform(48_000, channels), SoundTags.NONE))
                    .withMessageContaining("Opus");
        }
    }
}
