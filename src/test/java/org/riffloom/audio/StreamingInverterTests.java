package org.riffloom.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.riffloom.spectrogram.MelSpectrogram;
import org.riffloom.spectrogram.SpectrogramParameters;

class StreamingInverterTests {

    private static final SpectrogramParameters FORMAT = SpectrogramParameters.DEFAULT;
    private static final int FRAMES = MusicImages.FRAMES;
    private static final int CLIP = FRAMES * 441;

    /** All the pieces' sound, from the centre of column 0 on, as long as their columns. */
    private static float[] stream(StreamingInverter inverter, List<MelSpectrogram> pieces) {
        float[] all = new float[0];
        for (MelSpectrogram piece : pieces) {
            float[] sound = inverter.append(piece).channels()[0];
            assertThat(sound).hasSize(piece.frames() * 441);
            all = concatenated(all, sound);
        }
        int delay = inverter.delay();
        all = concatenated(all, inverter.finish().channels()[0]);
        return Arrays.copyOfRange(all, delay, all.length);
    }

    private static float[] concatenated(float[] a, float[] b) {
        float[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private static MelSpectrogram analyze(float[] sound) {
        return new SpectrogramAnalyzer(FORMAT).analyze(new Waveform(44_100, new float[][] {sound}));
    }

    private static MelSpectrogram joined(List<MelSpectrogram> pieces) {
        float[] all = new float[0];
        for (MelSpectrogram piece : pieces) {
            all = concatenated(all, piece.magnitudes()[0]);
        }
        return new MelSpectrogram(FORMAT, all.length / 512, new float[][] {all});
    }

    @Test
    void givesExactlyAsMuchSoundAsThePiecesHaveColumns() {
        StreamingInverter inverter = new StreamingInverter(FORMAT);
        assertThat(inverter.delay()).isEqualTo(2_205);
        List<MelSpectrogram> clips = MusicImages.clips().subList(0, 3);
        assertThat(stream(inverter, clips)).hasSize(3 * CLIP);
        MelSpectrogram first = clips.get(0);
        assertThat(stream(inverter, List.of(first.slice(0, 100), first.slice(100, 103), first.slice(103, 512))))
                .hasSize(CLIP);
    }

    @Test
    void isAsCloseAtAJoinAsInsideAPiece() {
        MelSpectrogram music = MusicImages.read("pop");
        List<MelSpectrogram> pieces = List.of(music.slice(0, FRAMES), music.slice(FRAMES, 2 * FRAMES));
        float[] sound = stream(new StreamingInverter(FORMAT), pieces);
        MelSpectrogram made = analyze(sound);
        MelDistance join = MelDistance.between(music, made, FRAMES - 6, FRAMES + 6);
        MelDistance inside = MelDistance.between(music, made, FRAMES / 2 - 100, FRAMES / 2 + 100);
        assertThat(join.spectralConvergence()).isLessThan(1.25 * inside.spectralConvergence());
        assertThat(Splatter.decibels(sound, CLIP)).isLessThan(-90);

        // The test's own yardstick: two sounds laid end to end are several times as far off, and click.
        SpectrogramInverter apart = new SpectrogramInverter(FORMAT);
        float[] cut = concatenated(
                apart.invert(pieces.get(0)).channels()[0],
                apart.invert(pieces.get(1)).channels()[0]);
        MelDistance hardCut = MelDistance.between(music, analyze(cut), FRAMES - 6, FRAMES + 6);
        assertThat(hardCut.spectralConvergence()).isGreaterThan(2 * join.spectralConvergence());
        assertThat(Splatter.decibels(cut, CLIP)).isGreaterThan(-60);
    }

    @Test
    void joinsPicturesThatDifferWithoutAClick() {
        List<MelSpectrogram> clips = MusicImages.clips().subList(2, 6);
        float[] sound = stream(new StreamingInverter(FORMAT), clips);
        MelSpectrogram asked = joined(clips);
        JoinBlend blend = new JoinBlend(ReconstructionGrid.of(FORMAT), 512);
        for (int join = 1; join < clips.size(); join++) {
            blend.apply(asked.magnitudes()[0], join * FRAMES, asked.frames());
        }
        MelSpectrogram made = analyze(sound);
        for (int join = 1; join < clips.size(); join++) {
            MelDistance distance = MelDistance.between(asked, made, join * FRAMES - 6, join * FRAMES + 6);
            assertThat(distance.spectralConvergence()).isLessThan(0.2);
            assertThat(Splatter.decibels(sound, join * CLIP)).isLessThan(-90);
        }
    }

    @Test
    void carriesASineAcrossJoins() {
        float[] sine = Sine.of(1_234.5, 44_100, 4 * CLIP, 0.3);
        MelSpectrogram mel = analyze(sine);
        float[] sound = stream(
                new StreamingInverter(FORMAT),
                List.of(mel.slice(100, 612), mel.slice(612, 1_124), mel.slice(1_124, 1_636)));
        // Over 40 ms the sine's own amplitude, by projection on it: a jump of its phase would make that sink.
        for (int join = 1; join < 3; join++) {
            assertThat(amplitude(sound, join * CLIP, 1_234.5))
                    .isGreaterThan(0.95 * amplitude(sound, CLIP / 2, 1_234.5));
        }
    }

    private static double amplitude(float[] sound, int around, double hertz) {
        double re = 0;
        double im = 0;
        int half = 882;
        for (int i = around - half; i < around + half; i++) {
            re += sound[i] * Math.cos(2 * Math.PI * hertz * i / 44_100);
            im += sound[i] * Math.sin(2 * Math.PI * hertz * i / 44_100);
        }
        return Math.hypot(re, im) / half;
    }

    @Test
    void makesTheSameSoundAgainAfterAReset() {
        StreamingInverter inverter = new StreamingInverter(FORMAT);
        MelSpectrogram clip = MusicImages.read("techno");
        float[] first = inverter.append(clip).channels()[0];
        float[] second = inverter.append(clip).channels()[0];
        inverter.reset();
        assertThat(inverter.append(clip).channels()[0]).isEqualTo(first);
        assertThat(second).isNotEqualTo(first);
        assertThat(inverter.append(clip).channels()[0]).isEqualTo(second);
    }

    @Test
    void goesOnAfterSilence() {
        StreamingInverter inverter = new StreamingInverter(FORMAT);
        MelSpectrogram white = new MelSpectrogram(FORMAT, FRAMES, new float[1][FRAMES * 512]);
        MelSpectrogram clip = MusicImages.read("rock");
        float[] sound = stream(inverter, List.of(clip, white, clip));
        assertThat(LoudnessLeveler.decibels(new Waveform(
                        44_100, new float[][] {Arrays.copyOfRange(sound, CLIP + 10_000, 2 * CLIP - 10_000)})))
                .isLessThan(-90);
        MelSpectrogram made = analyze(sound).slice(2 * FRAMES, 3 * FRAMES);
        assertThat(MelDistance.between(clip, made, 20, 490).spectralConvergence())
                .isLessThan(0.09);
    }
}
