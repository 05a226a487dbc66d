package org.riffloom.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompressorTests {

    private static final int RATE = 44_100;
    private static final int CLIP = 225_792;

    private static double decibels(float[] sound, int from, int to) {
        return LoudnessLeveler.decibels(new Waveform(RATE, new float[][] {Arrays.copyOfRange(sound, from, to)}));
    }

    private static Waveform mono(float[] samples) {
        return new Waveform(RATE, new float[][] {samples});
    }

    /** A sine that is so much louder in its second half. */
    private static float[] step(double hertz, double decibels) {
        float[] sound = Sine.of(hertz, RATE, CLIP, 0.01);
        for (int i = CLIP / 2; i < CLIP; i++) {
            sound[i] *= (float) Math.pow(10, decibels / 20);
        }
        return sound;
    }

    /** What comes out of a ratio of 2 and a knee of 12 dB around 0 dB. */
    private static double formula(double over) {
        return over < -6 ? over : over > 6 ? over / 2 : over - (over + 6) * (over + 6) / 48;
    }

    @Test
    void hasASmoothCurve() {
        for (double over = -40; over <= 40; over += 0.25) {
            assertThat(over - Compressor.reduction(over)).as("at %s dB", over).isCloseTo(formula(over), within(1e-9));
        }
        assertThat(Compressor.reduction(Double.NEGATIVE_INFINITY)).isZero();
    }

    /** Steady sounds, some time after they began, at any loudness of the whole. */
    @ParameterizedTest
    @CsvSource({"3, 1", "12, 1", "20, 1", "20, 40", "30, 0.1", "-12, 1"})
    void bringsLoudAndQuietTogetherByTheCurve(double decibels, double volume) {
        float[] sound = step(441, decibels);
        for (int i = 0; i < sound.length; i++) {
            sound[i] *= (float) volume;
        }
        double level = LoudnessLeveler.decibels(mono(sound)) - 6;
        float[] made = new Compressor(RATE).next(mono(sound)).channels()[0];
        for (int end : new int[] {CLIP / 2, CLIP}) {
            double over = decibels(sound, end - RATE / 5, end) - level;
            assertThat(decibels(made, end - RATE / 5, end) - level).isCloseTo(formula(over), within(0.1));
        }
    }

    @Test
    void takesItsTime() {
        float[] sound = step(441, 20);
        float[] made = new Compressor(RATE).next(mono(sound)).channels()[0];
        double most = 0;
        double last = made[50] / sound[50];
        for (int i = 50; i < CLIP; i += 100) {
            double gain = made[i] / sound[i];
            most = Math.max(most, Math.abs(20 * Math.log10(gain / last)));
            last = gain;
        }
        // In dB over 2.3 ms: no click, and no click's worth.
        assertThat(most).isBetween(0.05, 0.4);
        // Some of the way down lies later than a stroke.
        double end = 20 * Math.log10(made[CLIP - 50] / sound[CLIP - 50]);
        int at = CLIP / 2 + 1_300;
        assertThat(20 * Math.log10(made[at + 50] / sound[at + 50])).isBetween(0.9 * end, 0.3 * end);
    }

    @Test
    void doesNotBendTheLowestNotes() {
        float[] made =
                new Compressor(RATE).next(mono(Sine.of(50, RATE, CLIP, 0.5))).channels()[0];
        double[] harmonics = new double[4];
        for (int k = 1; k < harmonics.length; k++) {
            double re = 0;
            double im = 0;
            for (int i = CLIP - 2 * RATE; i < CLIP; i++) {
                re += made[i] * Math.cos(2 * Math.PI * 50 * k * i / RATE);
                im += made[i] * Math.sin(2 * Math.PI * 50 * k * i / RATE);
            }
            harmonics[k] = Math.hypot(re, im);
        }
        assertThat(20 * Math.log10(harmonics[2] / harmonics[1])).isLessThan(-60);
        assertThat(20 * Math.log10(harmonics[3] / harmonics[1])).isLessThan(-60);
    }

    @Test
    void movesNothingFromSideToSide() {
        float[] left = step(441, 20);
        float[] right = Sine.of(300, RATE, CLIP, 0.05);
        Waveform made = new Compressor(RATE).next(new Waveform(RATE, new float[][] {left, right}));
        for (int i = 40; i < CLIP; i += 51) {
            assertThat(made.channels()[0][i] * right[i])
                    .isCloseTo(made.channels()[1][i] * left[i], within(1e-6f * Math.abs(left[i])));
        }
        assertThat(made.channels()[1][CLIP - 40] / right[CLIP - 40]).isLessThan(0.8f);
    }

    /** Clips as loud as all, from the first of a stream on, whatever came before. */
    @Test
    void keepsToItsThresholdFromClipToClip() {
        Compressor compressor = new Compressor(RATE);
        for (double amplitude : new double[] {0.1, 0.004, 2, 0, 0.1}) {
            float[] sound = Sine.of(441, RATE, CLIP, amplitude);
            float[] made = compressor.next(mono(sound)).channels()[0];
            if (amplitude == 0) {
                assertThat(decibels(made, 0, CLIP)).isEqualTo(Double.NEGATIVE_INFINITY);
            } else {
                // 6 dB above the threshold.
                double gain = decibels(made, CLIP / 2, CLIP) - decibels(sound, CLIP / 2, CLIP);
                assertThat(gain).isCloseTo(-3, within(0.02));
            }
        }
    }

    @Test
    void evensMusicOutAndLeavesItsLevelToTheLeveler() {
        StreamingInverter inverter =
                new StreamingInverter(MusicImages.clips().get(0).parameters(), InversionQuality.DRAFT);
        LoudnessLeveler plain = new LoudnessLeveler(RATE, 1);
        LoudnessLeveler compressed = new LoudnessLeveler(RATE, 1, true);
        assertThat(compressed.delay()).isEqualTo(plain.delay());
        double level = LoudnessLeveler.TARGET_DECIBELS;
        float peak = 0;
        List<Double> before = new ArrayList<>();
        List<Double> after = new ArrayList<>();
        for (var clip : MusicImages.clips().subList(4, 9)) {
            Waveform sound = inverter.append(clip);
            float[] even = compressed.next(sound).channels()[0];
            before.add(spread(plain.next(sound).channels()[0]));
            after.add(spread(even));
            assertThat(even).hasSize(CLIP);
            // From clip to clip, which are as unlike as music gets.
            assertThat(decibels(even, 0, CLIP)).isCloseTo(level, within(1.5));
            level = decibels(even, 0, CLIP);
            for (float sample : mono(even).withSampleRate(4 * RATE).channels()[0]) {
                peak = Math.max(peak, Math.abs(sample));
            }
        }
        assertThat(20 * Math.log10(peak)).isLessThanOrEqualTo(-1);
        for (int i = 0; i < after.size(); i++) {
            assertThat(after.get(i)).isLessThan(before.get(i));
        }
        assertThat(mean(after)).isLessThan(0.8 * mean(before));
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /** From the quiet to the loud parts of a sound, as levels of 400 ms: the middle eighty of a hundred. */
    private static double spread(float[] sound) {
        int window = RATE * 2 / 5;
        double[] levels = new double[sound.length / window];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = decibels(sound, i * window, (i + 1) * window);
        }
        Arrays.sort(levels);
        return levels[levels.length * 9 / 10] - levels[levels.length / 10];
    }

    /** In a circle: as it leaves the end it comes to the beginning, whoever comes from before that. */
    @ParameterizedTest
    @ValueSource(ints = {4_410, 30_000, CLIP})
    void goesRoundInALoop(int length) {
        float[] sound = Sine.of(441, RATE, length, 0.1);
        for (int i = 0; i < length; i++) {
            sound[i] = 0.01f + (i < length / 8 ? 0.3f : 0.1f) * sound[i];
        }
        Waveform made = LoopLeveler.level(List.of(mono(sound)), true);
        assertThat(made.length()).isEqualTo(length);
        float[] gains = made.channels()[0];
        for (int i = 0; i < length; i++) {
            gains[i] /= sound[i];
        }
        for (int i = 0; i < length; i++) {
            assertThat(gains[(i + 1) % length] / gains[i]).isBetween(0.998f, 1.002f);
        }
        // Two rounds as a loop of their own are that loop twice.
        float[] twice =
                LoopLeveler.level(List.of(mono(sound), mono(sound)), true).channels()[0];
        for (int i = 0; i < length; i += 7) {
            assertThat(twice[i] / sound[i]).isCloseTo(gains[i], within(1e-4f * gains[i]));
            assertThat(twice[i + length] / sound[i]).isCloseTo(gains[i], within(1e-4f * gains[i]));
        }
    }
}
