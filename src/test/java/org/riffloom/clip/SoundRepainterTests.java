package org.riffloom.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.riffloom.audio.InversionQuality;
import org.riffloom.audio.LoudnessLeveler;
import org.riffloom.audio.MelDistance;
import org.riffloom.audio.MusicImages;
import org.riffloom.audio.SoundFormat;
import org.riffloom.audio.SoundReader;
import org.riffloom.audio.SoundTags;
import org.riffloom.audio.SpectrogramAnalyzer;
import org.riffloom.audio.SpectrogramInverter;
import org.riffloom.audio.UnreadableSoundException;
import org.riffloom.audio.WaveWriter;
import org.riffloom.audio.Waveform;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.RiffSettings;
import org.riffloom.spectrogram.MelSpectrogram;
import org.riffloom.spectrogram.SpectrogramParameters;

/** With the embedded model. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SoundRepainterTests {

    private static final SpectrogramParameters FORMAT = SpectrogramParameters.DEFAULT;
    private static final KeptSound NOTHING = KeptSound.NOTHING;
    /** One step of so many, at the lowest noise there is. */
    private static final int FINEST_STEPS = 150;

    @TempDir
    Path folder = Path.of("");

    private final Waveform music = LoudnessLeveler.level(
            new SpectrogramInverter(FORMAT, InversionQuality.DRAFT).invert(MusicImages.read("pop")));
    private DiffusionClips clips;

    @BeforeAll
    void load() {
        clips = DiffusionClips.loadCold(new ModelProperties("", "models/riffloom-mini", "cpu", 1, ""), fetched -> {});
    }

    @AfterAll
    void close() {
        clips.close();
    }

    private Waveform repainted(Waveform sound, double denoising, int steps, KeptSound kept) throws IOException {
        return repainted(sound, denoising, steps, kept, (seconds, total) -> {});
    }

    private Waveform repainted(Waveform sound, double denoising, int steps, KeptSound kept, RepaintProgress progress)
            throws IOException {
        Path in = folder.resolve("in.wav");
        Path out = folder.resolve("out.wav");
        WaveWriter.write(sound, in);
        RiffSettings settings = new RiffSettings(7, null, denoising, 3, steps, "");
        clips.repainter()
                .repaint(
                        in,
                        new Repainting(new Prompt("music box"), settings, kept),
                        channels -> SoundFormat.WAV.open(out, SoundRepainter.SAMPLE_RATE, channels, SoundTags.NONE),
                        progress);
        return SoundReader.read(out);
    }

    private static MelSpectrogram analyze(Waveform sound) {
        return new SpectrogramAnalyzer(FORMAT).analyze(sound);
    }

    /** Only the bands from {@code from} to {@code to}, exclusive. */
    private static MelSpectrogram bands(MelSpectrogram mel, int from, int to) {
        float[] part = new float[mel.magnitudes()[0].length];
        for (int t = 0; t < mel.frames(); t++) {
            System.arraycopy(mel.magnitudes()[0], t * 512 + from, part, t * 512 + from, to - from);
        }
        return new MelSpectrogram(FORMAT, mel.frames(), new float[][] {part});
    }

    private static double distance(MelSpectrogram a, MelSpectrogram b, int from, int to) {
        return MelDistance.between(a, b, from, to).spectralConvergence();
    }

    @Test
    void littleDenoisingGivesBackWhatItGot() throws IOException {
        List<Double> told = new ArrayList<>();
        Waveform near = repainted(music, 0.001, FINEST_STEPS, NOTHING, (seconds, total) -> {
            told.add(seconds);
            assertThat(total).isEqualTo(music.seconds());
        });
        assertThat(near.length()).isEqualTo(music.length());
        assertThat(LoudnessLeveler.decibels(near) - LoudnessLeveler.decibels(music))
                .isBetween(-2.0, 2.0);
        Waveform far = repainted(music, 0.8, 4, NOTHING);
        MelSpectrogram asked = analyze(music);
        // What is left of a distance is that of the autoencoder.
        assertThat(distance(asked, analyze(near), 10, 1_010)).isLessThan(0.4);
        assertThat(distance(asked, analyze(far), 10, 1_010)).isGreaterThan(0.7);
        assertThat(told).isSorted().hasSize(3);
        assertThat(told.get(2)).isEqualTo(music.seconds());
    }

    @Test
    void windowsJoinWithoutASeam() throws IOException {
        MelSpectrogram made = analyze(repainted(music, 0.6, 4, NOTHING));
        // From the second window's beginning to a little beyond the overlap, against everywhere.
        double join = 0;
        double all = 0;
        for (int t = 10; t < 1_010; t++) {
            double step = step(made, t) / 1_000;
            all += step;
            join += t >= 446 && t < 516 ? step * 1_000 / 70 : 0;
        }
        assertThat(join).isLessThan(1.3 * all);
    }

    /** How far a column is from the one before, as pictures show it. */
    private static double step(MelSpectrogram mel, int column) {
        double sum = 0;
        for (int i = column * 512; i < (column + 1) * 512; i++) {
            sum += Math.abs(Math.pow(mel.magnitudes()[0][i], 0.25) - Math.pow(mel.magnitudes()[0][i - 512], 0.25));
        }
        return sum;
    }

    @Test
    void keepsWhatItIsToldTo() throws IOException {
        // Bands 140 and 300 are at about 700 and 2,370 Hz.
        KeptSound kept = new KeptSound(700, 2_370, List.of(new KeptSound.Span(4, 6)));
        MelSpectrogram made = analyze(repainted(music, 0.8, 4, kept));
        MelSpectrogram asked = analyze(music);
        assertThat(distance(bands(asked, 0, 135), bands(made, 0, 135), 10, 1_010))
                .isLessThan(0.15);
        assertThat(distance(bands(asked, 310, 512), bands(made, 310, 512), 10, 1_010))
                .isLessThan(0.15);
        assertThat(distance(bands(asked, 150, 290), bands(made, 150, 290), 410, 590))
                .isLessThan(0.15);
        assertThat(distance(bands(asked, 150, 290), bands(made, 150, 290), 10, 390))
                .isGreaterThan(0.6);
    }

    @ParameterizedTest
    @CsvSource({"44100, 2, 100000", "48000, 1, 48001", "22050, 1, 2000", "8000, 2, 4000", "44100, 1, 2206"})
    void isAsLongAsTheSoundAtAnyRate(int sampleRate, int channels, int length) throws IOException {
        Waveform sound = new Waveform(
                        44_100, new float[][] {music.slice(0, 200_000).channels()[0]})
                .withSampleRate(sampleRate)
                .withChannels(channels)
                .slice(0, length);
        Waveform made = repainted(sound, 0.3, 2, NOTHING);
        assertThat(made.sampleRate()).isEqualTo(44_100);
        assertThat(made.channels())
                .hasDimensions(channels, sound.withSampleRate(44_100).length());
    }

    @Test
    void leavesSourcesOnTheirSides() throws IOException {
        // Low notes on the left, high ones on the right, and of either a fifth on the other side.
        SpectrogramInverter inverter = new SpectrogramInverter(FORMAT, InversionQuality.DRAFT);
        MelSpectrogram funk = MusicImages.read("funk");
        float[] low = inverter.invert(bands(funk, 0, 140)).channels()[0];
        float[] high = inverter.invert(bands(funk, 140, 512)).channels()[0];
        float[] left = new float[low.length];
        float[] right = new float[low.length];
        for (int i = 0; i < left.length; i++) {
            left[i] = low[i] + 0.2f * high[i];
            right[i] = 0.2f * low[i] + high[i];
        }
        Waveform made = repainted(new Waveform(44_100, new float[][] {left, right}), 0.5, 4, NOTHING);
        assertThat(made.channels()).hasDimensions(2, left.length);
        MelSpectrogram ofLeft = analyze(new Waveform(44_100, new float[][] {made.channels()[0]}));
        MelSpectrogram ofRight = analyze(new Waveform(44_100, new float[][] {made.channels()[1]}));
        // 14 dB apart.
        assertThat(level(ofLeft, 0, 130) - level(ofRight, 0, 130)).isBetween(11.0, 15.0);
        assertThat(level(ofRight, 150, 512) - level(ofLeft, 150, 512)).isBetween(11.0, 15.0);
    }

    /** Of some bands, in dB. */
    private static double level(MelSpectrogram mel, int from, int to) {
        double sum = 0;
        for (float magnitude : bands(mel, from, to).magnitudes()[0]) {
            sum += (double) magnitude * magnitude;
        }
        return 10 * Math.log10(sum);
    }

    @Test
    void leavesSilenceSilent() throws IOException {
        Waveform made = repainted(new Waveform(44_100, new float[1][50_000]), 0.8, 2, NOTHING);
        assertThat(made.channels()[0]).hasSize(50_000).containsOnly(0);
    }

    @Test
    void saysWhatCannotBePainted() throws IOException {
        assertThatThrownBy(() -> repainted(new Waveform(44_100, new float[1][100]), 0.5, 2, NOTHING))
                .hasMessageContaining("too short");
        assertThatThrownBy(() -> repainted(music, 0.5, 2, NOTHING, (seconds, total) -> {
                    throw new CancellationException("enough");
                }))
                .isInstanceOf(CancellationException.class);
        Path words = Files.writeString(folder.resolve("words.wav"), "Once upon a time");
        SoundRepainter.Opener none = channels -> {
            throw new AssertionError("nothing to be written");
        };
        Repainting repainting = new Repainting(new Prompt("x"), new RiffSettings(7, null, 0.5, 3, 2, ""), NOTHING);
        assertThatThrownBy(() -> clips.repainter().repaint(words, repainting, none, (seconds, total) -> {}))
                .isInstanceOf(UnreadableSoundException.class)
                .hasMessageContaining("not a sound file");
    }
}
