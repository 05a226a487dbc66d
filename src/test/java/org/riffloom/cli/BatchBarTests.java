package org.riffloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.riffloom.dataset.Outcome;

class BatchBarTests {

    private static final Outcome MADE = new Outcome.Made();

    private final StringWriter text = new StringWriter();
    private final AtomicLong seconds = new AtomicLong();

    private BatchBar bar(int total, boolean terminal) {
        return new BatchBar(
                new StatusLine(new PrintWriter(text), terminal),
                total,
                failed -> failed.name() + " is bad",
                () -> seconds.get() * 1_000_000_000);
    }

    @Test
    void writesALineNowAndThenWhereThereIsNoTerminal() {
        BatchBar bar = bar(100, false);
        for (int i = 1; i <= 100; i++) {
            seconds.set(i / 4);
            bar.onOutcome(i == 9 ? new Outcome.Failed("a.wav", new IOException("x")) : MADE);
        }
        assertThat(text.toString().lines())
                .containsExactly(
                        "a.wav is bad",
                        "40 of 100 files, 1 failed, 3.9 files/s, about 16 s left",
                        "80 of 100 files, 1 failed, 4.0 files/s, about 6 s left");
    }

    @Test
    void whatWasThereDoesNotCountAsWork() {
        BatchBar bar = bar(1_000, false);
        for (int i = 0; i < 900; i++) {
            bar.onOutcome(new Outcome.AlreadyThere());
        }
        seconds.set(100);
        bar.onOutcome(MADE);
        assertThat(text).hasToString("901 of 1000 files, 100 s a file, about 165 min left" + System.lineSeparator());
    }

    @Test
    void changesOneLineOfATerminal() {
        BatchBar bar = bar(4, true);
        seconds.set(1);
        bar.onOutcome(MADE);
        bar.onOutcome(new Outcome.Failed("a.wav", new IOException("x")));
        seconds.set(2);
        bar.onOutcome(MADE);
        assertThat(text.toString().split("\r\033\\[K"))
                .containsExactly(
                        "",
                        "0 of 4 files",
                        "[######------------------] 1 of 4 files, 1.0 files/s, about 3 s left",
                        "a.wav is bad" + System.lineSeparator(),
                        "[##################------] 3 of 4 files, 1 failed, 1.0 files/s, about 1 s left");
    }
}
