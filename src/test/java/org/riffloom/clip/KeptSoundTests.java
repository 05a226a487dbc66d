package org.riffloom.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.spectrogram.MelScale;
import org.riffloom.spectrogram.SpectrogramParameters;

class KeptSoundTests {

    private static final SpectrogramParameters FORMAT = SpectrogramParameters.DEFAULT;

    /** In Hz. */
    private static double centre(int band) {
        return MelScale.toHertz((band + 1) * MelScale.fromHertz(10_000) / 513);
    }

    @Test
    void keepsBandsBelowAndAbove() {
        float[] kept = new KeptSound(200, 5_000, List.of()).ofBands(FORMAT);
        for (int b = 0; b < 512; b++) {
            double hertz = centre(b);
            if (hertz <= 200 || hertz >= 5_000) {
                assertThat(kept[b]).isEqualTo(1);
            } else if (hertz > 240 && hertz < 4_800) {
                assertThat(kept[b]).isZero();
            }
        }
        assertThat(KeptSound.NOTHING.ofBands(FORMAT)).containsOnly(0);
    }

    @Test
    void keepsTimes() {
        KeptSound kept = new KeptSound(
                0,
                Double.POSITIVE_INFINITY,
                List.of(new KeptSound.Span(1, 2), new KeptSound.Span(5, Double.POSITIVE_INFINITY)));
        assertThat(kept.ofColumn(100, FORMAT)).isEqualTo(1);
        assertThat(kept.ofColumn(200, FORMAT)).isEqualTo(1);
        assertThat(kept.ofColumn(98, FORMAT)).isEqualTo(0.5f);
        assertThat(kept.ofColumn(95, FORMAT)).isZero();
        assertThat(kept.ofColumn(204, FORMAT)).isZero();
        assertThat(kept.ofColumn(1_000_000, FORMAT)).isEqualTo(1);
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> new KeptSound(300, 200, List.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("nothing is left to be painted");
        assertThatThrownBy(() -> new KeptSound(Double.NaN, 200, List.of())).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new KeptSound.Span(3, 3))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("end after it begins");
    }
}
