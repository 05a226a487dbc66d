package org.riffloom.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.riffloom.spectrogram.MelSpectrogram;
import org.riffloom.spectrogram.SpectrogramParameters;

class SpectrogramInverterTests {

    private static final SpectrogramParameters FORMAT = SpectrogramParameters.DEFAULT;

    @Test
    void comesCloseToEveryPictureOfMusic() {
        SpectrogramInverter inverter = new SpectrogramInverter(FORMAT);
        List<MelDistance> distances = new ArrayList<>();
        for (MelSpectrogram clip : MusicImages.clips()) {
            Waveform sound = inverter.invert(clip);
            assertThat(sound.length()).isEqualTo(512 * 441);
            distances.add(MelDistance.between(clip, sound));
        }
        assertThat(distances).hasSize(10);
        assertThat(distances).allSatisfy(distance -> {
            assertThat(distance.spectralConvergence()).isLessThan(0.09);
            assertThat(distance.logSpectralDistance()).isLessThan(1.8);
        });
        assertThat(distances.stream().collect(Collectors.averagingDouble(MelDistance::spectralConvergence)))
                .isLessThan(0.058);
        assertThat(distances.stream().collect(Collectors.averagingDouble(MelDistance::logSpectralDistance)))
                .isLessThan(1.35);
    }

    @Test
    void comesCloserTheLongerItWorks() {
        List<MelSpectrogram> clips = MusicImages.clips().subList(0, 3);
        double last = Double.MAX_VALUE;
        for (InversionQuality quality : InversionQuality.values()) {
            SpectrogramInverter inverter = new SpectrogramInverter(FORMAT, quality);
            double convergence = clips.stream()
                    .collect(Collectors.averagingDouble(clip ->
                            MelDistance.between(clip, inverter.invert(clip)).spectralConvergence()));
            assertThat(convergence).as(quality.name()).isLessThan(0.8 * last);
            last = convergence;
        }
    }

    @Test
    void isAsLoudAsTheSoundThatWasAnalysed() {
        Waveform sine = new Waveform(44_100, new float[][] {Sine.of(440, 44_100, 88_200, 0.5)});
        MelSpectrogram mel = new SpectrogramAnalyzer(FORMAT).analyze(sine);
        Waveform made = new SpectrogramInverter(FORMAT).invert(mel);
        assertThat(LoudnessLeveler.decibels(made) - LoudnessLeveler.decibels(sine))
                .isBetween(-0.3, 0.3);
    }

    @Test
    void makesSilenceOfWhite() {
        MelSpectrogram white = new MelSpectrogram(FORMAT, 100, new float[1][100 * 512]);
        assertThat(new SpectrogramInverter(FORMAT).invert(white).channels()[0]).containsOnly(0);
    }

    @Test
    void takesAnyNumberOfColumns() {
        MelSpectrogram music = MusicImages.read("pop");
        SpectrogramInverter inverter = new SpectrogramInverter(FORMAT);
        for (int columns : new int[] {1, 2, 3, 9, 17, 513, 700}) {
            MelSpectrogram part = music.slice(100, 100 + columns);
            Waveform sound = inverter.invert(part);
            assertThat(sound.length()).isEqualTo(columns * 441);
            for (float sample : sound.channels()[0]) {
                assertThat(Math.abs(sample)).isLessThan(1);
            }
        }
    }

    @Test
    void keepsChannelsApart() {
        MelSpectrogram left = MusicImages.read("funk");
        MelSpectrogram right = MusicImages.read("violin-solo");
        MelSpectrogram both = new MelSpectrogram(
                FORMAT.withStereo(true), 512, new float[][] {left.magnitudes()[0], right.magnitudes()[0]});
        Waveform sound = new SpectrogramInverter(FORMAT.withStereo(true)).invert(both);
        Waveform alone = new SpectrogramInverter(FORMAT).invert(right);
        assertThat(sound.channels()[1]).isEqualTo(alone.channels()[0]);
        assertThat(sound.channels()[0]).isNotEqualTo(alone.channels()[0]);
    }

    @Test
    void takesOtherFormatsToo() {
        SpectrogramParameters other = new SpectrogramParameters(48_000, 8, 80, 240, 512, 40, 16_000, 0.25, false);
        Waveform sine = new Waveform(48_000, new float[][] {Sine.of(2_000, 48_000, 96_000, 0.5)});
        MelSpectrogram mel = new SpectrogramAnalyzer(other).analyze(sine);
        Waveform made = new SpectrogramInverter(other).invert(mel);
        assertThat(made.length()).isEqualTo(mel.frames() * 384);
        assertThat(MelDistance.between(mel, made).spectralConvergence()).isLessThan(0.1);
    }

    @Test
    void refusesFormatsThatItCannotMakeSoundOf() {
        SpectrogramParameters endless =
                new SpectrogramParameters(44_100, 100, 2_000, 2_000, 512, 0, 10_000, 0.25, false);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SpectrogramInverter(endless))
                .withMessageContaining("window");
        MelSpectrogram stereo = new MelSpectrogram(FORMAT.withStereo(true), 1, new float[2][512]);
        assertThatIllegalArgumentException().isThrownBy(() -> new SpectrogramInverter(FORMAT).invert(stereo));
    }
}
