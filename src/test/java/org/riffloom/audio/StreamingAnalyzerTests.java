package org.riffloom.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.riffloom.spectrogram.MelSpectrogram;
import org.riffloom.spectrogram.SpectrogramParameters;

class StreamingAnalyzerTests {

    private static final SpectrogramParameters FORMAT = SpectrogramParameters.DEFAULT;

    private static Waveform noise(int sampleRate, int channels, int length) {
        Random random = new Random(length);
        float[][] sound = new float[channels][length];
        for (float[] channel : sound) {
            for (int i = 0; i < length; i++) {
                channel[i] = (float) (0.1 * random.nextGaussian());
            }
        }
        return new Waveform(sampleRate, sound);
    }

    /** All columns of a sound that comes in pieces of these lengths, over and over. */
    private static MelSpectrogram streamed(SpectrogramParameters format, Waveform sound, int... pieces)
            throws IOException {
        List<MelSpectrogram> parts = new ArrayList<>();
        StreamingAnalyzer analyzer = new StreamingAnalyzer(format, parts::add);
        analyzer.begin(sound.sampleRate(), sound.channels().length, 0);
        int at = 0;
        for (int i = 0; at < sound.length(); i++) {
            int to = Math.min(sound.length(), at + pieces[i % pieces.length]);
            analyzer.write(sound.channels(), at, to);
            at = to;
        }
        long length = analyzer.finish();
        assertThat(length).isEqualTo(sound.withSampleRate(format.sampleRate()).length());
        int frames = parts.stream().mapToInt(MelSpectrogram::frames).sum();
        float[][] all = new float[format.channels()][frames * format.bands()];
        int offset = 0;
        for (MelSpectrogram part : parts) {
            for (int c = 0; c < all.length; c++) {
                System.arraycopy(part.magnitudes()[c], 0, all[c], offset, part.magnitudes()[c].length);
            }
            offset += part.magnitudes()[0].length;
        }
        return new MelSpectrogram(format, frames, all);
    }

    @ParameterizedTest
    @CsvSource({
        "44100, 1, 50000",
        "44100, 2, 44100",
        "48000, 3, 30000",
        "22050, 1, 15000",
        "44100, 1, 2206",
        "44100, 1, 4410",
        "44100, 1, 6615"
    })
    void givesWhatAnAnalysisOfTheWholeGives(int sampleRate, int channels, int length) throws IOException {
        Waveform sound = noise(sampleRate, channels, length);
        for (boolean stereo : new boolean[] {false, true}) {
            SpectrogramParameters format = FORMAT.withStereo(stereo);
            MelSpectrogram whole = new SpectrogramAnalyzer(format).analyze(sound);
            for (int[] pieces : new int[][] {{1_000}, {1, 7, 4_000}, {100_000}}) {
                MelSpectrogram streamed = streamed(format, sound, pieces);
                assertThat(streamed.frames()).isEqualTo(whole.frames());
                assertThat(streamed.magnitudes()).isDeepEqualTo(whole.magnitudes());
            }
        }
    }

    @Test
    void takesWindowsOfOddLength() throws IOException {
        SpectrogramParameters odd = new SpectrogramParameters(11_025, 10, 35, 80, 64, 0, 5_000, 0.25, false);
        assertThat(odd.window() % 2).isEqualTo(1);
        Waveform sound = noise(11_025, 1, 5_000);
        assertThat(streamed(odd, sound, 333).magnitudes())
                .isDeepEqualTo(new SpectrogramAnalyzer(odd).analyze(sound).magnitudes());
    }

    @Test
    void refusesWhatIsShorterThanHalfAWindow() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> streamed(FORMAT, noise(44_100, 1, 2_205), 500))
                .withMessage("The sound is too short: it has 2205 samples, and a column needs more than 2205.");
    }
}
