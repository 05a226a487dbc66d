package org.riffloom.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.riffloom.spectrogram.MelScale;
import org.riffloom.spectrogram.MelSpectrogram;
import org.riffloom.spectrogram.ReferenceFiles;
import org.riffloom.spectrogram.SpectrogramParameters;

class SpectrogramAnalyzerTests {

    private static final SpectrogramParameters FORMAT = SpectrogramParameters.DEFAULT;
    private static final int BANDS = FORMAT.bands();
    /** The columns that make_fixtures.py keeps: both mirrored ends and the middle. */
    private static final int[] COLUMNS = {0, 50, 100};

    /** The signal of make_fixtures.py: a chirp, a tone and noise. */
    private static float[] testSignal() {
        float[] signal = new float[44_100];
        int state = 1;
        for (int i = 0; i < signal.length; i++) {
            state = state * 1_664_525 + 1_013_904_223;
            double noise = Integer.toUnsignedLong(state) / 0x1p31 - 1;
            double t = i / 44_100.0;
            signal[i] = (float) (0.4 * Math.sin(2 * Math.PI * (200 * t + 4_000 * t * t))
                    + 0.2 * Math.sin(2 * Math.PI * 997 * t)
                    + 0.05 * noise);
        }
        return signal;
    }

    @Test
    void givesWhatTorchaudioGives() {
        MelSpectrogram mel =
                new SpectrogramAnalyzer(FORMAT).analyze(new Waveform(44_100, new float[][] {testSignal()}));
        float[] expected = ReferenceFiles.floats("forward-mel.f32");
        assertThat(mel.frames()).isEqualTo(101);
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            float made = mel.magnitudes()[0][COLUMNS[i / BANDS] * BANDS + i % BANDS];
            worst = Math.max(worst, Math.abs(made - expected[i]) / expected[i]);
        }
        assertThat(worst).isLessThan(5e-5);
    }

    @Test
    void resamplesWhatHasAnotherRate() {
        SpectrogramAnalyzer analyzer = new SpectrogramAnalyzer(FORMAT);
        MelSpectrogram direct =
                analyzer.analyze(new Waveform(44_100, new float[][] {Sine.of(3_000, 44_100, 44_100, 0.5)}));
        MelSpectrogram other =
                analyzer.analyze(new Waveform(48_000, new float[][] {Sine.of(3_000, 48_000, 48_000, 0.5)}));
        assertThat(other.frames()).isEqualTo(direct.frames());
        assertThat(MelDistance.between(direct, other, 10, 90).spectralConvergence())
                .isLessThan(1e-4);
    }

    @Test
    void keepsOutWhatIsAboveTheFormat() {
        SpectrogramAnalyzer analyzer = new SpectrogramAnalyzer(FORMAT);
        // At the rate of the analysis 17 kHz would fold to 8.6 kHz.
        Waveform inside = new Waveform(44_100, new float[][] {Sine.of(8_600, 44_100, 44_100, 0.5)});
        Waveform above = new Waveform(44_100, new float[][] {Sine.of(17_000, 44_100, 44_100, 0.5)});
        float loud = analyzer.analyze(inside).slice(10, 90).maximum();
        assertThat(analyzer.analyze(above).slice(10, 90).maximum()).isLessThan(1e-6f * loud);
    }

    @Test
    void hearsWhatFormatsOfMoreHold() {
        SpectrogramParameters wide = new SpectrogramParameters(44_100, 10, 100, 400, 512, 0, 20_000, 0.25, false);
        Waveform sine = new Waveform(44_100, new float[][] {Sine.of(15_000, 44_100, 44_100, 0.5)});
        int band = loudestBand(new SpectrogramAnalyzer(wide).analyze(sine).magnitudes()[0]);
        double centre = MelScale.toHertz((band + 1) * MelScale.fromHertz(20_000) / 513);
        assertThat(centre).isBetween(14_900.0, 15_100.0);
    }

    @Test
    void mixesChannelsToWhatTheFormatHas() {
        float[] left = Sine.of(500, 44_100, 22_050, 0.5);
        float[] right = Sine.of(5_000, 44_100, 22_050, 0.25);
        Waveform sound = new Waveform(44_100, new float[][] {left, right});
        MelSpectrogram stereo = new SpectrogramAnalyzer(FORMAT.withStereo(true)).analyze(sound);
        assertThat(loudestBand(stereo.magnitudes()[0])).isLessThan(loudestBand(stereo.magnitudes()[1]));
        MelSpectrogram mono = new SpectrogramAnalyzer(FORMAT).analyze(sound);
        assertThat(mono.magnitudes()).hasNumberOfRows(1);
        assertThat(mono.maximum() / stereo.maximum()).isBetween(0.499f, 0.501f);
        MelSpectrogram doubled =
                new SpectrogramAnalyzer(FORMAT.withStereo(true)).analyze(new Waveform(44_100, new float[][] {left}));
        assertThat(doubled.magnitudes()[0]).isEqualTo(doubled.magnitudes()[1]);
    }

    @Test
    void refusesASoundWithoutAWholeColumn() {
        Waveform click = new Waveform(44_100, new float[1][2_205]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SpectrogramAnalyzer(FORMAT).analyze(click))
                .withMessageContaining("too short");
    }

    private static int loudestBand(float[] magnitudes) {
        int loudest = 20 * BANDS;
        for (int i = 20 * BANDS; i < 21 * BANDS; i++) {
            loudest = magnitudes[i] > magnitudes[loudest] ? i : loudest;
        }
        return loudest - 20 * BANDS;
    }
}
