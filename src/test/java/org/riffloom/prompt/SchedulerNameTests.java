package org.riffloom.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SchedulerNameTests {

    @Test
    void everyNameIsUnderstood() {
        for (SchedulerName name : SchedulerName.values()) {
            assertThat(SchedulerName.of(name.toString())).isEqualTo(name);
        }
    }

    @Test
    void unknownNameIsToldWhichThereAre() {
        assertThatThrownBy(() -> SchedulerName.of("heun"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("There is no such scheduler; it must be one of ddim, pndm, dpm++, dpm++-karras, euler,"
                        + " euler-ancestral, lcm.");
    }
}
