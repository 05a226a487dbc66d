package org.riffloom.clip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.riffloom.spectrogram.MelSpectrogram;
import org.riffloom.spectrogram.SpectrogramParameters;

class WindowWalkTests {

    private static final SpectrogramParameters FORMAT = SpectrogramParameters.DEFAULT;

    private record Seen(int number, long first, int painted, float firstValue, float lastValue) {}

    private final List<Seen> seen = new ArrayList<>();
    private final List<Float> done = new ArrayList<>();

    /** Columns whose magnitudes are their numbers, from 1 on. */
    private static MelSpectrogram numbered(int from, int to) {
        float[] mel = new float[(to - from) * 512];
        for (int t = from; t < to; t++) {
            Arrays.fill(mel, (t - from) * 512, (t - from + 1) * 512, t + 1);
        }
        return new MelSpectrogram(FORMAT, to - from, new float[][] {mel});
    }

    private void walk(int columns, int piece, WindowWalk.Window window) throws IOException {
        WindowWalk walk = new WindowWalk(
                (number, first, mel, before, painted) -> {
                    assertThat(mel).hasSize(512 * 512);
                    assertThat(before).hasSize(painted * 512);
                    seen.add(new Seen(number, first, painted, mel[0], mel[511 * 512]));
                    return window.paint(number, first, mel, before, painted);
                },
                made -> {
                    for (int t = 0; t < made.frames(); t++) {
                        done.add(made.magnitudes()[0][t * 512 + 100]);
                    }
                });
        for (int from = 0; from < columns; from += piece) {
            walk.append(numbered(from, Math.min(columns, from + piece)));
        }
        walk.finish();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 65, 448, 511, 512, 513, 575, 576, 577, 960, 961, 1_000, 1_408, 2_049})
    void losesNoColumnAndKeepsTheirOrder(int columns) throws IOException {
        for (int piece : new int[] {1, 37, 5_000}) {
            done.clear();
            walk(columns, piece, (number, first, mel, before, painted) -> mel.clone());
            assertThat(done).hasSize(columns);
            for (int t = 0; t < columns; t++) {
                assertThat(done.get(t)).isEqualTo(t + 1f);
            }
        }
    }

    @Test
    void placesWindowsSoThatTheLastOneIsFull() throws IOException {
        walk(1_000, 100, (number, first, mel, before, painted) -> mel.clone());
        assertThat(seen)
                .containsExactly(
                        new Seen(0, 0, 0, 1, 512), new Seen(1, 448, 64, 449, 960), new Seen(2, 488, 472, 489, 1_000));
    }

    @Test
    void hasSilenceAfterASoundShorterThanAWindow() throws IOException {
        walk(100, 30, (number, first, mel, before, painted) -> mel.clone());
        assertThat(seen).containsExactly(new Seen(0, 0, 0, 1, 0));
    }

    @Test
    void tellsEachWindowWhatItsFirstColumnsHaveBecome() throws IOException {
        List<float[]> befores = new ArrayList<>();
        walk(1_000, 100, (number, first, mel, before, painted) -> {
            befores.add(before);
            float[] made = mel.clone();
            Arrays.fill(made, number + 10);
            return made;
        });
        assertThat(befores.get(1)).containsOnly(10);
        // The last one reaches back to where the second was fading in: 488 is the 40th column of the overlap.
        assertThat(befores.get(2)[0]).isBetween(10.5f, 11f);
        assertThat(befores.get(2)[471 * 512]).isEqualTo(11);
        for (int t = 0; t < 1_000; t++) {
            assertThat(done.get(t)).isBetween(t < 448 ? 10f : t < 960 ? 10.0001f : 11f, t < 896 ? 11f : 12f);
        }
    }

    @Test
    void fadesFromWindowToWindow() throws IOException {
        walk(1_400, 100, (number, first, mel, before, painted) -> {
            float[] made = new float[mel.length];
            Arrays.fill(made, number);
            return made;
        });
        assertThat(done.subList(0, 448)).containsOnly(0f);
        assertThat(done.subList(512, 896)).containsOnly(1f);
        for (int t = 448; t < 512; t++) {
            assertThat(done.get(t) - done.get(t - 1)).isBetween(0f, 0.03f);
        }
    }
}
