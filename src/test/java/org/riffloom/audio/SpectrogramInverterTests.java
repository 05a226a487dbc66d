package org.riffloom.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.riffloom.spectrogram.MelSpectrogram;
import org.riffloom.spectrogram.SpectrogramParameters;

class SpectrogramInverterTests {

    private static final SpectrogramParameters FORMAT = SpectrogramParameters.DEFAULT;
    private static final SpectrogramParameters STEREO = FORMAT.withStereo(true);
    /** Columns, where a whole clip would say no more. */
    private static final int SHORT = 200;

    @Test
    void comesCloseToEveryPictureOfMusic() {
        SpectrogramInverter inverter = new SpectrogramInverter(FORMAT);
        List<MelDistance> distances = new ArrayList<>();
        for (MelSpectrogram whole : MusicImages.clips()) {
            MelSpectrogram clip = whole.slice(100, 100 + SHORT);
            Waveform sound = inverter.invert(clip);
            assertThat(sound.length()).isEqualTo(SHORT * 441);
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
        List<MelSpectrogram> clips = MusicImages.clips().subList(0, 2).stream()
                .map(clip -> clip.slice(100, 100 + SHORT))
                .toList();
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
    void saysHowFarItIs() {
        MelSpectrogram white = new MelSpectrogram(FORMAT, 1200, new float[1][1200 * 512]);
        List<Integer> done = new ArrayList<>();
        new SpectrogramInverter(FORMAT, InversionQuality.DRAFT).invert(white, done::add);
        assertThat(done).containsExactly(512, 1024, 1200);
    }

    @Test
    void takesAnyNumberOfColumns() {
        MelSpectrogram music = MusicImages.read("pop");
        SpectrogramInverter inverter = new SpectrogramInverter(FORMAT, InversionQuality.DRAFT);
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
        MelSpectrogram left = music("funk");
        MelSpectrogram right = music("violin-solo");
        Waveform sound = new SpectrogramInverter(STEREO).invert(stereo(left, right));
        SpectrogramInverter alone = new SpectrogramInverter(FORMAT);
        List<MelSpectrogram> asked = List.of(left, right);
        for (int c = 0; c < 2; c++) {
            double apart = MelDistance.between(asked.get(c), alone.invert(asked.get(c)))
                    .spectralConvergence();
            assertThat(MelDistance.between(asked.get(c), channel(sound, c)).spectralConvergence())
                    .isLessThan(1.25 * apart);
        }
        assertThat(correlation(sound)).isBetween(-0.1, 0.1);
    }

    @Test
    void leavesASourceWhereItIsThatOneChannelHasLouder() {
        MelSpectrogram loud = music("techno");
        float[] quiet = loud.magnitudes()[0].clone();
        for (int i = 0; i < quiet.length; i++) {
            quiet[i] *= 0.3f;
        }
        MelSpectrogram both = stereo(loud, new MelSpectrogram(FORMAT, loud.frames(), new float[][] {quiet}));
        Waveform once = new SpectrogramInverter(STEREO).invert(both);
        Waveform round = new LoopInverter(STEREO, InversionQuality.STANDARD).invert(List.of(both));
        for (Waveform sound : List.of(once, round)) {
            assertThat(sound.length()).isEqualTo(SHORT * 441);
            assertThat(correlation(sound)).isGreaterThan(0.9999);
            for (int i = 0; i < sound.length(); i += 7) {
                assertThat(sound.channels()[1][i]).isCloseTo(0.3f * sound.channels()[0][i], within(1e-3f));
            }
        }
    }

    @Test
    void keepsSourcesInTheirPlacesThatBothChannelsHave() {
        float[] funk = new SpectrogramInverter(FORMAT).invert(music("funk")).channels()[0];
        float[] violin =
                new SpectrogramInverter(FORMAT).invert(music("violin-solo")).channels()[0];
        Waveform music =
                new Waveform(44_100, new float[][] {mix(funk, 0.9f, violin, 0.3f), mix(funk, 0.4f, violin, 0.8f)});
        MelSpectrogram asked = new SpectrogramAnalyzer(STEREO).analyze(music).slice(0, SHORT);
        Waveform made = new SpectrogramInverter(STEREO).invert(asked);
        assertThat(correlation(made)).isCloseTo(correlation(music), within(0.05));
        // Mixed to one channel nothing is cancelled that was not before.
        MelSpectrogram mixed =
                new SpectrogramAnalyzer(FORMAT).analyze(music.withChannels(1)).slice(0, SHORT);
        assertThat(MelDistance.between(mixed, made.withChannels(1)).spectralConvergence())
                .isLessThan(0.08);
        float[][] apart = new float[2][];
        for (int c = 0; c < 2; c++) {
            MelSpectrogram own = new MelSpectrogram(FORMAT, SHORT, new float[][] {asked.magnitudes()[c]});
            Waveform alone = new SpectrogramInverter(FORMAT).invert(own);
            apart[c] = alone.channels()[0];
            assertThat(MelDistance.between(own, channel(made, c)).spectralConvergence())
                    .isLessThan(1.15 * MelDistance.between(own, alone).spectralConvergence());
        }
        // The yardstick: channels made apart lose their places, and much of their mix.
        Waveform separate = new Waveform(44_100, apart);
        assertThat(correlation(separate)).isLessThan(correlation(music) - 0.3);
        assertThat(MelDistance.between(mixed, separate.withChannels(1)).spectralConvergence())
                .isGreaterThan(0.16);
    }

    @Test
    void joinsPiecesInStereoWithoutASeam() {
        MelSpectrogram music = stereo(music("funk"), music("violin-solo"));
        StreamingInverter stream = new StreamingInverter(STEREO);
        int join = SHORT / 2;
        Waveform sound = Waveform.endToEnd(List.of(
                        stream.append(music.slice(0, join)), stream.append(music.slice(join, SHORT)), stream.finish()))
                .slice(stream.delay(), stream.delay() + SHORT * 441);
        for (int c = 0; c < 2; c++) {
            MelSpectrogram asked = new MelSpectrogram(FORMAT, SHORT, new float[][] {music.magnitudes()[c]});
            MelSpectrogram made = new SpectrogramAnalyzer(FORMAT).analyze(channel(sound, c));
            assertThat(MelDistance.between(asked, made, join - 6, join + 6).spectralConvergence())
                    .isLessThan(1.5
                            * MelDistance.between(asked, made, 20, join - 20).spectralConvergence());
            assertThat(Splatter.decibels(sound.channels()[c], join * 441)).isLessThan(-90);
        }
    }

    private static MelSpectrogram music(String name) {
        return MusicImages.read(name).slice(0, SHORT);
    }

    private static MelSpectrogram stereo(MelSpectrogram left, MelSpectrogram right) {
        return new MelSpectrogram(STEREO, left.frames(), new float[][] {left.magnitudes()[0], right.magnitudes()[0]});
    }

    private static Waveform channel(Waveform sound, int channel) {
        return new Waveform(44_100, new float[][] {sound.channels()[channel]});
    }

    private static float[] mix(float[] a, float ofA, float[] b, float ofB) {
        float[] mix = new float[a.length];
        for (int i = 0; i < mix.length; i++) {
            mix[i] = ofA * a[i] + ofB * b[i];
        }
        return mix;
    }

    /** Between the two channels of a sound. */
    private static double correlation(Waveform sound) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < sound.length(); i++) {
            double a = sound.channels()[0][i];
            double b = sound.channels()[1][i];
            ab += a * b;
            aa += a * a;
            bb += b * b;
        }
        return ab / Math.sqrt(aa * bb);
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
