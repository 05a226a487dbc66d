package org.riffloom.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.riffloom.spectrogram.MelSpectrogram;

class Mp3WriterTests {

    @ParameterizedTest
    @ValueSource(ints = {1, 575, 576, 577, 1151, 1152, 1153, 32_768, 44_100, 225_792})
    void playsToTheSample(int length) throws IOException {
        Waveform sound = new Waveform(44_100, new float[][] {Sine.of(1_000, 44_100, length, 0.5)});
        assertThat(Mp3Sound.decode(Mp3Writer.encode(sound)).length()).isEqualTo(length);
    }

    @ParameterizedTest
    @CsvSource({"32000, 1, 128", "44100, 1, 128", "48000, 1, 128", "44100, 2, 192", "48000, 2, 192"})
    void soundsTheSameAtTheSameTime(int sampleRate, int channels, int kilobits) throws IOException {
        int length = 2 * sampleRate;
        float[][] samples = IntStream.range(0, channels)
                .mapToObj(c -> Sine.of(440 * (c + 1), sampleRate, length, 0.5))
                .toArray(float[][]::new);
        byte[] file = Mp3Writer.encode(new Waveform(sampleRate, samples));
        Waveform decoded = Mp3Sound.decode(file);
        assertThat(decoded.sampleRate()).isEqualTo(sampleRate);
        assertThat(decoded.channels()).hasNumberOfRows(channels);
        assertThat(file.length * 8.0 / 1000).isCloseTo(2 * kilobits, within(0.05 * 2 * kilobits));
        for (int c = 0; c < channels; c++) {
            float gain = gain(samples[c], decoded.channels()[c]);
            assertThat(20 * Math.log10(gain)).isBetween(-0.5, 0.0);
            assertThat(Sine.signalToNoise(scaled(samples[c], gain), decoded.channels()[c], 2_000))
                    .isGreaterThan(40);
        }
    }

    /** By which the wanted samples come nearest to the decoded ones. */
    private static float gain(float[] wanted, float[] decoded) {
        double both = 0;
        double alone = 0;
        for (int i = 0; i < wanted.length; i++) {
            both += (double) wanted[i] * decoded[i];
            alone += (double) wanted[i] * wanted[i];
        }
        return (float) (both / alone);
    }

    private static float[] scaled(float[] samples, float gain) {
        float[] scaled = samples.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= gain;
        }
        return scaled;
    }

    @Test
    void musicStaysItself() throws IOException {
        for (MelSpectrogram music :
                List.of(MusicImages.clips().get(1), MusicImages.clips().get(5))) {
            Waveform sound = LoudnessLeveler.level(new SpectrogramInverter(music.parameters()).invert(music));
            Waveform decoded = Mp3Sound.decode(Mp3Writer.encode(sound));
            assertThat(decoded.length()).isEqualTo(512 * 441);
            assertThat(LoudnessLeveler.decibels(decoded) - LoudnessLeveler.decibels(sound))
                    .isBetween(-0.55, 0.05);
            float gain = gain(sound.channels()[0], decoded.channels()[0]);
            MelSpectrogram wanted = new SpectrogramAnalyzer(music.parameters())
                    .analyze(new Waveform(sound.sampleRate(), new float[][] {scaled(sound.channels()[0], gain)}));
            assertThat(MelDistance.between(wanted, decoded).spectralConvergence())
                    .isLessThan(0.03);
        }
    }

    @Test
    void cannotWriteWhatTheFormatCannotHold() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mp3Writer.encode(new Waveform(22_050, new float[1][100])))
                .withMessageContaining("22050");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mp3Writer.encode(new Waveform(44_100, new float[3][100])))
                .withMessageContaining("not 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mp3Writer.encode(new Waveform(44_100, new float[1][0])))
                .withMessageContaining("no sound");
    }
}
