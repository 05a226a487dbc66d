package org.riffloom.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.riffloom.spectrogram.MelSpectrogram;
import org.riffloom.spectrogram.SpectrogramParameters;

class LoopInverterTests {

    private static final SpectrogramParameters FORMAT = SpectrogramParameters.DEFAULT;
    private static final int FRAMES = 256;
    private static final int CLIP = FRAMES * 441;
    /** ±60 ms. */
    private static final int NEAR = 6;

    private final LoopInverter inverter = new LoopInverter(FORMAT, InversionQuality.STANDARD);

    private static MelSpectrogram music(String name) {
        return MusicImages.read(name).slice(0, FRAMES);
    }

    private float[] loop(MelSpectrogram... pieces) {
        return inverter.invert(List.of(pieces)).channels()[0];
    }

    private static float[] thrice(float[] once) {
        Waveform sound = new Waveform(44_100, new float[][] {once});
        return Waveform.endToEnd(List.of(sound, sound, sound)).channels()[0];
    }

    /** What is heard of a loop while it goes round: the second of three times. */
    private static MelSpectrogram heard(float[] loop) {
        int frames = loop.length / 441;
        int around = 10;
        return new SpectrogramAnalyzer(FORMAT)
                .analyze(new Waveform(44_100, new float[][] {thrice(loop)})
                        .slice(loop.length - around * 441, 2 * loop.length + around * 441))
                .slice(around, around + frames);
    }

    /** Turned so that what was the first column is in the middle. */
    private static MelSpectrogram turned(MelSpectrogram picture) {
        int half = picture.frames() / 2 * 512;
        float[] mel = picture.magnitudes()[0];
        float[] turned = new float[mel.length];
        for (int i = 0; i < mel.length; i++) {
            turned[i] = mel[(i + mel.length - half) % mel.length];
        }
        return new MelSpectrogram(FORMAT, picture.frames(), new float[][] {turned});
    }

    private static double seam(MelSpectrogram wanted, MelSpectrogram heard) {
        int middle = wanted.frames() / 2;
        return MelDistance.between(turned(wanted), turned(heard), middle - NEAR, middle + NEAR)
                .spectralConvergence();
    }

    private static double median(MelSpectrogram wanted, MelSpectrogram heard) {
        List<Double> parts = new ArrayList<>();
        for (int from = NEAR; from + 3 * NEAR <= wanted.frames(); from += 2 * NEAR) {
            parts.add(MelDistance.between(wanted, heard, from, from + 2 * NEAR).spectralConvergence());
        }
        Collections.sort(parts);
        return parts.get(parts.size() / 2);
    }

    /** Samples of steps at the seam, over the largest inside. */
    private static double step(float[] loop) {
        float most = 0;
        for (int i = 1; i < loop.length; i++) {
            most = Math.max(most, Math.abs(loop[i] - loop[i - 1]));
        }
        return Math.abs(loop[0] - loop[loop.length - 1]) / most;
    }

    @Test
    void isAsCloseAtTheSeamAsInside() {
        for (String name : List.of("funk", "violin-solo", "techno")) {
            // A picture of music that goes round, whatever makes it do so.
            MelSpectrogram round = heard(loop(music(name)));
            float[] sound = loop(round);
            assertThat(sound).hasSize(CLIP);
            MelSpectrogram heard = heard(sound);
            assertThat(median(round, heard)).as(name).isLessThan(0.07);
            // Where the inside is closer than that, it is the blending of both ends that is left at the seam.
            assertThat(seam(round, heard)).as(name).isLessThan(Math.max(0.05, 1.3 * median(round, heard)));

            // The yardstick: a sound that was not made to go round.
            float[] cut = new SpectrogramInverter(FORMAT).invert(round).channels()[0];
            assertThat(seam(round, heard(cut))).as(name).isGreaterThan(2 * seam(round, heard));
        }
    }

    @Test
    void doesNotClickWhereAPictureEndsOtherThanItBegins() {
        for (String name : List.of("fingerpicking", "funk", "piano-trio", "rock")) {
            MelSpectrogram picture = music(name);
            float[] sound = loop(picture);
            assertThat(Splatter.decibels(thrice(sound), CLIP)).isLessThan(-90);
            assertThat(step(sound)).isLessThan(0.5);
            float[] cut = new SpectrogramInverter(FORMAT).invert(picture).channels()[0];
            assertThat(Splatter.decibels(thrice(cut), CLIP)).isGreaterThan(-60);
        }
    }

    @Test
    void joinsSeveralPicturesInOneCircle() {
        List<MelSpectrogram> pieces = List.of(
                MusicImages.read("pop").slice(300, 300 + FRAMES),
                MusicImages.read("pop").slice(700, 700 + FRAMES));
        float[] sound = loop(pieces.get(0), pieces.get(1), pieces.get(0).slice(0, 100));
        assertThat(sound).hasSize(2 * CLIP + 100 * 441);
        float[] thrice = thrice(sound);
        for (int join : new int[] {sound.length, sound.length + CLIP, sound.length + 2 * CLIP}) {
            assertThat(Splatter.decibels(thrice, join)).isLessThan(-90);
        }
        assertThat(MelDistance.between(pieces.get(0), heard(sound).slice(0, FRAMES), 20, FRAMES - 20)
                        .spectralConvergence())
                .isLessThan(0.09);
    }

    @Test
    void keepsTheTimeOfItsColumns() {
        // Silence but for one column's worth of sound, a quarter of the way round.
        float[] beat = new float[CLIP];
        System.arraycopy(Sine.of(440, 44_100, 4_410, 0.5), 0, beat, CLIP / 4 - 2_205, 4_410);
        float[] sound = loop(heard(beat));
        double inside = 0;
        double all = 0;
        for (int i = 0; i < CLIP; i++) {
            all += sound[i] * sound[i];
            inside += Math.abs(i - CLIP / 4) < 2_205 + 441 ? sound[i] * sound[i] : 0;
        }
        assertThat(inside).isGreaterThan(0.98 * all);
    }

    @Test
    void holdsAToneWithoutABreak() {
        // 3,161 periods in the loop; a phase that did not meet itself would make the tone sink somewhere.
        double hertz = 3_161 / 2.56;
        float[] sound = loop(heard(Sine.of(hertz, 44_100, CLIP, 0.3)));
        float[] thrice = thrice(sound);
        double least = Double.MAX_VALUE;
        for (int from = CLIP - 20_000; from < CLIP + 20_000; from += 400) {
            double re = 0;
            double im = 0;
            for (int i = from; i < from + 1_000; i++) {
                re += thrice[i] * Math.cos(2 * Math.PI * hertz * i / 44_100);
                im += thrice[i] * Math.sin(2 * Math.PI * hertz * i / 44_100);
            }
            least = Math.min(least, Math.hypot(re, im) / 500);
        }
        assertThat(least).isGreaterThan(0.27);
    }

    @Test
    void takesAnyNumberOfColumns() {
        MelSpectrogram music = MusicImages.read("pop");
        for (int columns : new int[] {1, 2, 3, 9, 10, 17, 101}) {
            float[] sound = loop(music.slice(300, 300 + columns));
            assertThat(sound).hasSize(columns * 441);
            for (float sample : sound) {
                assertThat(Math.abs(sample)).isLessThan(1);
            }
        }
    }

    @Test
    void refusesWhatCannotBeALoop() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> inverter.invert(List.of()))
                .withMessageContaining("1 to 12288 columns");
        MelSpectrogram stereo = new MelSpectrogram(FORMAT.withStereo(true), 1, new float[2][512]);
        assertThatIllegalArgumentException().isThrownBy(() -> inverter.invert(List.of(stereo)));
        // 10 ms at 22,050 Hz are 220.5 samples.
        SpectrogramParameters halves = new SpectrogramParameters(22_050, 10, 100, 400, 512, 0, 10_000, 0.25, false);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LoopInverter(halves, InversionQuality.STANDARD))
                .withMessageContaining("whole number of samples");
    }
}
