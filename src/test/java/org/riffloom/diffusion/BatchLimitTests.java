package org.riffloom.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchLimitTests {

    private final BatchLimit limit = new BatchLimit(10, 8);

    @Test
    void isHalvedWhereMemoryRunsOutButNeverBelowOnePicture() {
        assertThat(limit.room()).isEqualTo(80);
        limit.exceeded(60);
        assertThat(limit.room()).isEqualTo(30);
        limit.exceeded(30);
        limit.exceeded(15);
        limit.exceeded(10);
        assertThat(limit.room()).isEqualTo(10);
    }

    @Test
    void comesBackPictureByPictureWhileFullPassesGoWell() {
        limit.exceeded(80);
        for (int i = 0; i < 1000; i++) {
            limit.passed(10);
        }
        assertThat(limit.room()).as("small passes prove nothing").isEqualTo(40);
        for (int i = 0; i < 256; i++) {
            limit.passed(40);
        }
        assertThat(limit.room()).isEqualTo(50);
        for (int i = 0; i < 10_000; i++) {
            limit.passed(limit.room());
        }
        assertThat(limit.room()).isEqualTo(80);
    }
}
