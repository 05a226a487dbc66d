package org.riffloom.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestBudgetTests {

    private long now = 5;
    private final RequestBudget budget = new RequestBudget(6, 10, () -> now);

    private int allowed(String client, int requests) {
        return (int) IntStream.range(0, requests)
                .filter(i -> budget.spend(client).isZero())
                .count();
    }

    @Test
    void allowsAMinutesWorthAtOnceAndThenARate() {
        assertThat(allowed("a", 100)).isEqualTo(6);
        assertThat(budget.spend("a")).isEqualTo(Duration.ofSeconds(10));
        now += Duration.ofSeconds(9).toNanos();
        assertThat(budget.spend("a")).isEqualTo(Duration.ofSeconds(1));
        now += Duration.ofSeconds(1).toNanos();
        assertThat(allowed("a", 100)).isEqualTo(1);
        now += Duration.ofDays(1).toNanos();
        assertThat(allowed("a", 100)).isEqualTo(6);
    }

    @Test
    void boundsEachClientAndAllOfThem() {
        assertThat(allowed("a", 100)).isEqualTo(6);
        assertThat(allowed("b", 100)).isEqualTo(4);
        assertThat(allowed("c", 100)).isZero();
        // What was refused has cost neither of them anything.
        now += Duration.ofSeconds(6).toNanos();
        assertThat(allowed("c", 100)).isEqualTo(1);
    }

    @Test
    void forgetsThoseWhoWereAwayLongest() {
        RequestBudget many = new RequestBudget(1, 1_000_000, () -> now);
        for (int i = 0; i < 20_000; i++) {
            assertThat(many.spend("client " + i)).isZero();
        }
        assertThat(many.spend("client 19999")).isPositive();
        assertThat(many.spend("client 0")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "2001:db8:1:2:3:4:5:6, 20010db800010002",
        "2001:db8:1:2::9, 20010db800010002",
        "::ffff:192.0.2.1, ::ffff:192.0.2.1",
        "not:an:address, not:an:address",
        "unknown, unknown",
    })
    void countsAWholeNetworkAsOneClient(String address, String client) {
        assertThat(RequestBudget.client(address)).isEqualTo(client);
    }

    @Test
    void keepsNoNamesOfAnyLength() {
        assertThat(RequestBudget.client("x".repeat(10_000))).hasSize(64);
        assertThat(RequestBudget.client(":".repeat(10_000))).hasSize(64);
    }
}
