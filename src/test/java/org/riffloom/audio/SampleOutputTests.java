package org.riffloom.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class SampleOutputTests {

    private static final int COUNT = 100_000;

    private final SampleCollector collected = new SampleCollector("test", Long.MAX_VALUE);

    /** Ascending numbers in blocks of a thousand. */
    private static void write(SampleOutput output) throws IOException {
        for (int from = 0; from < COUNT; from += 1_000) {
            float[] channel = output.grow(1_000)[0];
            for (int i = 0; i < 1_000; i++) {
                channel[output.at() + i] = from + i;
            }
        }
    }

    @Test
    void leavesOutWhatIsNotOfTheSound() throws IOException {
        for (int held : new int[] {0, 700, 50_000}) {
            SampleCollector sound = new SampleCollector("test", Long.MAX_VALUE);
            SampleOutput output = new SampleOutput("test", 44_100, 1, 0, sound);
            output.skip(20_500);
            output.hold(held);
            write(output);
            assertThat(output.length()).isEqualTo(COUNT);
            output.finish(COUNT - held);
            float[] samples = sound.waveform().channels()[0];
            assertThat(samples).hasSize(COUNT - held - 20_500);
            for (int i = 0; i < samples.length; i++) {
                assertThat(samples[i]).isEqualTo(20_500 + i);
            }
        }
    }

    @Test
    void refusesASoundThatTakesBackWhatItGave() throws IOException {
        SampleOutput output = new SampleOutput("test", 44_100, 1, 0, collected);
        write(output);
        assertThatExceptionOfType(UnreadableSoundException.class)
                .isThrownBy(() -> output.finish(10))
                .withMessageContaining("it ends before its last part");
    }

    @Test
    void refusesASoundOfNothing() throws IOException {
        SampleOutput output = new SampleOutput("test", 44_100, 1, 0, collected);
        output.skip(1_000);
        output.grow(1_000);
        assertThatExceptionOfType(UnreadableSoundException.class)
                .isThrownBy(() -> output.finish(1_000))
                .withMessageContaining("no samples");
    }

    @Test
    void refusesWhatIsNoNumber() throws IOException {
        SampleOutput output = new SampleOutput("test", 44_100, 1, 0, collected);
        output.grow(10)[0][output.at() + 9] = Float.NaN;
        assertThatExceptionOfType(UnreadableSoundException.class)
                .isThrownBy(() -> output.finish(10))
                .withMessageContaining("not finite");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> write(output))
                .withMessageContaining("not finite");
    }
}
