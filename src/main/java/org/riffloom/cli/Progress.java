package org.riffloom.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine;

/** One line on a terminal that says how far a riff is; nothing where standard error is not a terminal. */
final class Progress implements AutoCloseable {

    private static final String CLEAR_LINE = "\r\033[K";

    private final PrintWriter out;
    private final int clips;
    private final boolean visible = CommandLine.Help.Ansi.AUTO.enabled();
    private final long start = System.nanoTime();

    Progress(PrintWriter out, int clips) {
        this.out = out;
        this.clips = clips;
    }

    /** Shows that some steps of a clip, counted from 0, are done. */
    void show(int clip, int step, int steps) {
        if (!visible) {
            return;
        }
        double done = (clip + (double) step / steps) / clips;
        Duration left = Duration.ofNanos((long) ((System.nanoTime() - start) * (1 - done) / done));
        out.print(CLEAR_LINE
                + String.format(
                        Locale.ROOT,
                        "clip %d of %d, step %d of %d, about %d s left",
                        clip + 1,
                        clips,
                        step,
                        steps,
                        left.toSeconds() + 1));
        out.flush();
    }

    @Override
    public void close() {
        if (visible) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }
}
