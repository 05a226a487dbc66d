package org.riffloom.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MessageBudgetTests {

    private long now;
    private final MessageBudget budget = new MessageBudget(10, () -> now);

    @Test
    void allowsABurstAndThenARate() {
        assertThat(allowedOf(100)).isEqualTo(40);
        now += 1_000_000_000L;
        assertThat(allowedOf(100)).isEqualTo(10);
    }

    @Test
    void savesUpNoMoreThanABurst() {
        now += 3_600_000_000_000L;
        assertThat(allowedOf(100)).isEqualTo(40);
    }

    private long allowedOf(int messages) {
        return IntStream.range(0, messages).filter(i -> budget.spend()).count();
    }
}
