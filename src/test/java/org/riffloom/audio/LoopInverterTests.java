package org.riffloom.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.riffloom.spectrogram.MelSpectrogram;
import org.riffloom.spectrogram.SpectrogramParameters;

class LoopInverterTests {

    private static final SpectrogramParameters FORMAT = SpectrogramParameters.DEFAULT;
    private static final int FRAMES = MusicImages.FRAMES;

    /** Frames of the joint whose windows lie across it. */
    private static final int REACH = 5;

    private static Waveform repeated(Waveform loop, int times) {
        return Waveform.endToEnd(Collections.nCopies(times, loop));
    }

    private static MelSpectrogram analyze(Waveform sound) {
        return new SpectrogramAnalyzer(FORMAT).analyze(sound);
    }

    /** What the picture asks for when it is repeated three times, blended where it meets itself. */
    private static MelSpectrogram repeated(MelSpectrogram picture) {
        int length = picture.magnitudes()[0].length;
        float[] three = new float[3 * length];
        for (int i = 0; i < 3; i++) {
            System.arraycopy(picture.magnitudes()[0], 0, three, i * length, length);
        }
        JoinBlend blend = new JoinBlend(ReconstructionGrid.of(FORMAT), FORMAT.bands());
        blend.apply(three, FRAMES, 3 * FRAMES);
        blend.apply(three, 2 * FRAMES, 3 * FRAMES);
        return new MelSpectrogram(FORMAT, 3 * FRAMES, new float[][] {three});
    }

    @Test
    void isAsCloseWhereALoopMeetsItselfAsInside() {
        LoopInverter inverter = new LoopInverter(FORMAT, InversionQuality.STANDARD);
        double joint = 0;
        double inside = 0;
        for (MelSpectrogram music : MusicImages.clips().subList(0, 4)) {
            // A picture of something that loops.
            MelSpectrogram picture =
                    analyze(repeated(inverter.invert(music), 3)).slice(FRAMES, 2 * FRAMES);
            Waveform loop = inverter.invert(picture);
            assertThat(loop.length()).isEqualTo(FRAMES * 441);
            MelSpectrogram asked = repeated(picture);
            MelSpectrogram made = analyze(repeated(loop, 3));
            joint += MelDistance.between(asked, made, FRAMES - REACH, FRAMES + REACH)
                    .spectralConvergence();
            inside += MelDistance.between(asked, made, FRAMES + REACH, 2 * FRAMES - REACH)
                    .spectralConvergence();
        }
        assertThat(joint).isLessThan(1.5 * inside);
    }

    @Test
    void doesNotClickWhereAPictureDoesNotMeetItself() {
        LoopInverter inverter = new LoopInverter(FORMAT, InversionQuality.STANDARD);
        for (MelSpectrogram music : MusicImages.clips().subList(2, 6)) {
            Waveform loop = inverter.invert(music);
            Waveform sound = repeated(loop, 3);
            MelDistance joint =
                    MelDistance.between(repeated(music), analyze(sound), FRAMES - REACH, FRAMES + REACH);
            assertThat(joint.spectralConvergence()).isLessThan(0.2);
            assertThat(Splatter.decibels(sound.channels()[0], loop.length())).isLessThan(-85);
        }
    }

    @Test
    void repeatsASineThatFitsWithoutAJump() {
        // 600 periods in 5.12 s.
        float[] sine = Sine.of(600 / 5.12, 44_100, 2 * FRAMES * 441, 0.3);
        MelSpectrogram mel = analyze(new Waveform(44_100, new float[][] {sine})).slice(100, 100 + FRAMES);
        Waveform loop = new LoopInverter(FORMAT, InversionQuality.STANDARD).invert(mel);
        float[] sound = repeated(loop, 2).channels()[0];
        for (int i = loop.length() - 2_000; i < loop.length() + 2_000; i++) {
            // The steepest that this sine gets is 0.3 · 2π · f / 44100 = 0.005 for each sample.
            assertThat(Math.abs(sound[i + 1] - sound[i])).isLessThan(0.006f);
        }
    }

    @Test
    void levelsALoopAsOneThatGoesOn() {
        Waveform loop = new LoopInverter(FORMAT, InversionQuality.DRAFT).invert(MusicImages.read("rock"));
        Waveform leveled = LoudnessLeveler.levelLoop(loop);
        assertThat(leveled.length()).isEqualTo(loop.length());
        assertThat(LoudnessLeveler.decibels(leveled)).isBetween(-17.5, -15.5);
        assertThat(Splatter.decibels(repeated(leveled, 2).channels()[0], loop.length()))
                .isLessThan(-80);
    }

    @Test
    void refusesWhatIsShorterThanItsWindow() {
        MelSpectrogram brief = MusicImages.read("rock").slice(0, 9);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LoopInverter(FORMAT, InversionQuality.DRAFT).invert(brief))
                .withMessageContaining("10 columns");
        MelSpectrogram stereo = new MelSpectrogram(FORMAT.withStereo(true), 20, new float[2][20 * 512]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LoopInverter(FORMAT, InversionQuality.DRAFT).invert(stereo));
    }

    @Test
    void leavesNothingOfSilence() {
        MelSpectrogram white = new MelSpectrogram(FORMAT, 64, new float[1][64 * 512]);
        assertThat(new LoopInverter(FORMAT, InversionQuality.STANDARD)
                        .invert(white)
                        .channels())
                .isEqualTo(List.of(new float[64 * 441]).toArray(float[][]::new));
    }
}
