package org.riffloom.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.riffloom.prompt.InvalidRequestException;

class PacingTests {

    private final Pacing pacing = new Pacing(2);

    @Test
    void staysAFixedNumberOfClipsAhead() {
        assertThat(makeAllWanted()).isEqualTo(2);
        pacing.played(0);
        assertThat(makeAllWanted()).isEqualTo(3);
        pacing.played(1);
        assertThat(makeAllWanted()).isEqualTo(4);
    }

    @Test
    void makesNothingForAListenerWhoHearsNothing() {
        makeAllWanted();
        pacing.played(1);
        pacing.played(1);
        assertThat(makeAllWanted()).isEqualTo(4);
    }

    @Test
    void catchesUpWhenReportsWereLeftOut() {
        makeAllWanted();
        pacing.played(1);
        assertThat(makeAllWanted()).isEqualTo(4);
    }

    @Test
    void makesNothingInAPause() {
        makeAllWanted();
        pacing.pause();
        pacing.played(1);
        assertThat(pacing.wantsNext()).isFalse();
        pacing.resume();
        assertThat(makeAllWanted()).isEqualTo(4);
    }

    @Test
    void refusesWhatCannotHaveBeenPlayed() {
        assertThatThrownBy(() -> pacing.played(0)).hasMessageContaining("no clip of this riff has been sent");
        makeAllWanted();
        assertThatThrownBy(() -> pacing.played(-1)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> pacing.played(2)).hasMessageContaining("the clips sent so far are 0 to 1");
        pacing.played(1);
        assertThatThrownBy(() -> pacing.played(0)).hasMessageContaining("clip 1 has already been reported");
    }

    @Test
    void makesAgainWhatGaveWayAndStillHearsOfWhatWasSent() {
        makeAllWanted();
        pacing.backTo(1);
        assertThat(pacing.nextIndex()).isEqualTo(1);
        // It had begun to sound before the one that takes its place was there.
        pacing.played(1);
        assertThat(makeAllWanted()).isEqualTo(4);
    }

    private int makeAllWanted() {
        while (pacing.wantsNext()) {
            pacing.made();
        }
        return pacing.nextIndex();
    }
}
