package org.riffloom.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.riffloom.spectrogram.SpectrogramParameters;

class LoudnessLevelerTests {

    private static final int RATE = 44_100;
    private static final int CLIP = 225_792;
    private static final float CEILING = (float) Math.pow(10, -1 / 20.0);

    private static Waveform noise(double amplitude, long seed) {
        Random random = new Random(seed);
        float[] samples = new float[CLIP];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (amplitude * random.nextGaussian());
        }
        return new Waveform(RATE, new float[][] {samples});
    }

    private static double decibels(Waveform sound, int from, int to) {
        return LoudnessLeveler.decibels(
                new Waveform(RATE, new float[][] {Arrays.copyOfRange(sound.channels()[0], from, to)}));
    }

    private static float peak(Waveform sound) {
        float peak = 0;
        for (float[] channel : sound.channels()) {
            for (float sample : channel) {
                peak = Math.max(peak, Math.abs(sample));
            }
        }
        return peak;
    }

    @Test
    void bringsClipsOfEveryLevelToOne() {
        LoudnessLeveler leveler = new LoudnessLeveler(RATE, 1);
        double[] amplitudes = {0.003, 0.3, 0.05, 3, 0.01};
        for (int i = 0; i < amplitudes.length; i++) {
            Waveform leveled = leveler.next(noise(amplitudes[i], i));
            assertThat(leveled.length()).isEqualTo(CLIP);
            assertThat(decibels(leveled, 2 * RATE, CLIP)).isBetween(-17.3, -16.9);
            assertThat(peak(leveled)).isLessThanOrEqualTo(CEILING);
        }
    }

    @Test
    void bringsRealClipsWithinADecibelOfEachOther() {
        StreamingInverter inverter = new StreamingInverter(SpectrogramParameters.DEFAULT, InversionQuality.DRAFT);
        LoudnessLeveler leveler = new LoudnessLeveler(RATE, 1);
        for (var clip : MusicImages.clips().subList(0, 4)) {
            Waveform leveled = leveler.next(inverter.append(clip));
            assertThat(decibels(leveled, 0, CLIP)).isBetween(-17.5, -16.5);
            assertThat(peak(leveled)).isLessThanOrEqualTo(CEILING);
        }
    }

    @Test
    void makesUpForWhatTheLimiterTakesFromDrums() {
        float[] drums = new float[CLIP];
        Random random = new Random(4);
        for (int i = 0; i < CLIP; i++) {
            double stroke = Math.exp(-(i % 10_000) / 3_500.0);
            drums[i] = (float) (0.3 * (0.02 + stroke) * random.nextGaussian());
        }
        Waveform sound = new Waveform(RATE, new float[][] {drums});
        float[] plain = drums.clone();
        float gain = (float) Math.pow(10, (LoudnessLeveler.TARGET_DECIBELS - LoudnessLeveler.decibels(sound)) / 20);
        for (int i = 0; i < CLIP; i++) {
            plain[i] *= gain;
        }
        new Limiter(RATE, 1).process(new float[][] {plain});
        assertThat(LoudnessLeveler.decibels(new Waveform(RATE, new float[][] {plain})))
                .isLessThan(-17.5);
        Waveform leveled = LoudnessLeveler.level(sound);
        assertThat(LoudnessLeveler.decibels(leveled)).isBetween(-17.2, -16.8);
        assertThat(peak(leveled)).isLessThanOrEqualTo(CEILING);
    }

    @Test
    void glidesFromOneGainToTheNext() {
        LoudnessLeveler leveler = new LoudnessLeveler(RATE, 1);
        leveler.next(new Waveform(RATE, new float[][] {Sine.of(441, RATE, CLIP, 0.1)}));
        Waveform second = leveler.next(new Waveform(RATE, new float[][] {Sine.of(441, RATE, CLIP, 0.05)}));
        // 6 dB up in a quarter of a second: halfway after half of it, and no step anywhere.
        assertThat(decibels(second, RATE / 8 - 500, RATE / 8 + 500)).isCloseTo(-20, within(0.3));
        for (int from = 400; from < 2 * RATE; from += 1_000) {
            double step = decibels(second, from + 1_000, from + 2_000) - decibels(second, from, from + 1_000);
            assertThat(step).isBetween(-0.05, 0.6);
        }
    }

    @Test
    void leavesSilenceSilentAndKeepsTheGainThroughIt() {
        LoudnessLeveler leveler = new LoudnessLeveler(RATE, 1);
        Waveform sine = new Waveform(RATE, new float[][] {Sine.of(441, RATE, CLIP, 0.05)});
        leveler.next(sine);
        Waveform silence = leveler.next(new Waveform(RATE, new float[1][CLIP]));
        assertThat(decibels(silence, 1_000, CLIP)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(decibels(leveler.next(sine), 1_000, 10_000)).isCloseTo(-17, within(0.1));
    }

    @Test
    void delaysByItsLookAheadAndNoMore() {
        LoudnessLeveler leveler = new LoudnessLeveler(RATE, 1);
        assertThat(leveler.delay()).isEqualTo(220);
        Waveform sound = noise(0.1, 5);
        float[] leveled = leveler.next(sound).channels()[0];
        float[] next = leveler.next(new Waveform(RATE, new float[1][CLIP])).channels()[0];
        float[] atOnce = LoudnessLeveler.level(sound).channels()[0];
        assertThat(atOnce).hasSize(CLIP);
        for (int i = 0; i < CLIP - 220; i += 97) {
            assertThat(leveled[i + 220]).isEqualTo(atOnce[i]);
        }
        assertThat(leveled[219]).isZero();
        assertThat(next[219]).isNotZero();
        assertThat(next[220]).isZero();
    }

    @Test
    void limiterHoldsPeaksBetweenTheSamples() {
        // A quarter of the rate, sampled halfway up and down each time: every sample is 3 dB below the peaks.
        float[][] sound = new float[1][CLIP];
        for (int i = 0; i < CLIP; i++) {
            double swell = Math.sin(2 * Math.PI * 3 * i / RATE);
            sound[0][i] = (float) (1.2 * swell * Math.sin(Math.PI / 2 * i + Math.PI / 4));
        }
        assertThat(peak(new Waveform(RATE, sound))).isLessThan(CEILING);
        Limiter limiter = new Limiter(RATE, 1);
        limiter.process(sound);
        Waveform between = new Waveform(RATE, sound).withSampleRate(8 * RATE);
        assertThat(peak(between)).isBetween(0.96f * CEILING, CEILING);
    }

    @Test
    void limiterHoldsEveryPeakAndSharesItsGainBetweenChannels() {
        Limiter limiter = new Limiter(RATE, 2);
        Random random = new Random(9);
        float[][] sound = new float[2][CLIP];
        for (int i = 0; i < CLIP; i++) {
            sound[0][i] = (float) (random.nextGaussian() * (random.nextInt(1_000) == 0 ? 20 : 0.2));
            sound[1][i] = 0.5f * sound[0][i];
        }
        float[] before = sound[0].clone();
        limiter.process(sound);
        int untouched = 0;
        for (int i = 220; i < CLIP; i++) {
            assertThat(Math.abs(sound[0][i])).isLessThanOrEqualTo(CEILING);
            assertThat(sound[1][i]).isCloseTo(0.5f * sound[0][i], within(1e-6f));
            untouched += sound[0][i] == before[i - 220] ? 1 : 0;
        }
        assertThat(untouched).isLessThan(CLIP / 2);
        float[][] quiet = new float[2][RATE];
        quiet[0][RATE / 2] = 0.8f;
        limiter.reset();
        limiter.process(quiet);
        assertThat(quiet[0][RATE / 2 + 220]).isEqualTo(0.8f);
    }

    @Test
    void levelsALoopWithoutAStepAtItsSeam() {
        List<Waveform> clips = List.of(noise(0.02, 1), noise(0.06, 2), noise(0.03, 3));
        Waveform leveled = LoopLeveler.level(clips, false);
        assertThat(leveled.length()).isEqualTo(3 * CLIP);
        float[] before = Waveform.endToEnd(clips).channels()[0];
        // Nothing here is loud enough for the limiter, so what is left is the gain.
        double first = leveled.channels()[0][0] / before[0];
        double last = leveled.channels()[0][3 * CLIP - 1] / before[3 * CLIP - 1];
        assertThat(first).isCloseTo(last, within(1e-3 * last));
        assertThat(decibels(leveled, 2 * RATE, CLIP)).isBetween(-17.3, -16.9);
        // The first clip is reached from the last one's gain, not from its own.
        assertThat(leveled.channels()[0][2 * RATE] / before[2 * RATE]).isGreaterThan((float) (1.2 * first));

        Waveform once = LoopLeveler.level(clips.subList(0, 1), false);
        double gain = once.channels()[0][0] / before[0];
        for (int i = 0; i < CLIP; i += 101) {
            // Some peaks between the samples of noise do reach the limiter.
            assertThat(once.channels()[0][i]).isCloseTo((float) (gain * before[i]), withinPercentage(3));
        }
    }

    @Test
    void limitsALoopAcrossItsSeam() {
        for (int length : new int[] {441, 4_410, CLIP}) {
            float[] samples = new float[length];
            Arrays.fill(samples, 0.1f);
            samples[2] = 3;
            Waveform leveled = LoopLeveler.level(List.of(new Waveform(RATE, new float[][] {samples})), false);
            float[] gains = leveled.channels()[0];
            assertThat(peak(leveled)).isLessThanOrEqualTo(CEILING);
            for (int i = 0; i < length; i++) {
                gains[i] /= samples[i];
            }
            // Looking ahead over the seam: the gain has come down before the first sample, and never in steps.
            assertThat(gains[length - 1]).isLessThan(1.1f * gains[2]);
            for (int i = 0; i < length; i++) {
                assertThat(gains[i] / gains[(i + 1) % length]).isBetween(0.95f, 1.05f);
            }
        }
    }
}
