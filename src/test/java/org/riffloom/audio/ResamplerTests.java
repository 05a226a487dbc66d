package org.riffloom.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTests {

    @ParameterizedTest
    @CsvSource({
        "22500, 44100, 40",
        "22500, 44100, 1000",
        "22500, 44100, 9950",
        "22500, 48000, 9950",
        "48000, 44100, 15000",
        "96000, 44100, 19000",
        "8000, 44100, 3400",
        "44101, 44100, 12000",
        "384000, 44100, 997"
    })
    void keepsASine(int from, int to, double hertz) {
        float[] wanted = Sine.of(hertz, to, to / 2, 0.5);
        float[] made = Resampler.resample(Sine.of(hertz, from, from / 2, 0.5), PolyphaseFilter.between(from, to));
        assertThat(Sine.signalToNoise(wanted, made, 2_000)).isGreaterThan(85);
    }

    @ParameterizedTest
    @CsvSource({"22500, 44100, 12500, 22050", "96000, 44100, 25000, 47000"})
    void letsNothingThroughThatDoesNotBelong(int from, int to, int low, int high) {
        // Upwards the image of what was near the old rate's end, downwards what the new rate cannot hold.
        double inputHertz = from < to ? from - low : low;
        float[] made = Resampler.resample(Sine.of(inputHertz, from, from / 2, 0.5), PolyphaseFilter.between(from, to));
        double image = 0;
        for (int i = 2_000; i < made.length - 2_000; i++) {
            double passed = from < to ? made[i] - 0.5 * Math.sin(2 * Math.PI * inputHertz * i / to) : made[i];
            image = Math.max(image, Math.abs(passed));
        }
        assertThat(20 * Math.log10(image)).isLessThan(-85);
        assertThat(high).isGreaterThan(low);
    }

    @Test
    void givesTheSameInPiecesAsAtOnce() {
        PolyphaseFilter filter = PolyphaseFilter.between(22_500, 44_100);
        Random random = new Random(3);
        float[] input = new float[30_000];
        for (int i = 0; i < input.length; i++) {
            input[i] = random.nextFloat() - 0.5f;
        }
        float[] whole = Resampler.resample(input, filter);
        Resampler resampler = new Resampler(filter);
        float[] pieces = new float[whole.length];
        int read = 0;
        for (int from = 0; from < input.length; ) {
            int count = Math.min(input.length - from, random.nextInt(700));
            resampler.write(input, from, count);
            from += count;
            int part = Math.min(resampler.available(), random.nextInt(2_000));
            resampler.read(pieces, read, part);
            read += part;
        }
        int rest = resampler.available();
        resampler.read(pieces, read, rest);
        assertThat(read + rest).isGreaterThan(whole.length - 100);
        for (int i = 0; i < read + rest; i++) {
            assertThat(pieces[i]).isEqualTo(whole[i]);
        }
    }

    @ParameterizedTest
    @CsvSource({"22500, 44100, 115200, 225792", "48000, 44100, 48000, 44100", "44100, 44100, 7, 7", "3, 2, 4, 3"})
    void givesAsManySamplesAsTheTimeHolds(int from, int to, int length, int expected) {
        assertThat(Resampler.resample(new float[length], PolyphaseFilter.between(from, to)))
                .hasSize(expected);
    }

    @Test
    void givesNothingBeforeItKnowsEnough() {
        Resampler resampler = new Resampler(22_500, 44_100);
        assertThat(resampler.available()).isZero();
        assertThatIllegalStateException().isThrownBy(() -> resampler.read(new float[1], 0, 1));
        resampler.write(new float[resampler.lookAhead()], 0, resampler.lookAhead());
        assertThat(resampler.available()).isZero();
        resampler.write(new float[1], 0, 1);
        assertThat(resampler.available()).isEqualTo(2);
    }

    @Test
    void finishesInBoundedMemoryForAnyTwoRates() {
        PolyphaseFilter filter = PolyphaseFilter.between(383_999, 44_100);
        assertThat(filter.rows().length).isLessThan(1 << 23);
        assertThat((double) filter.up() / filter.down()).isCloseTo(44_100.0 / 383_999, Percentage.withPercentage(1e-4));
    }
}
