package org.riffloom.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Says on a terminal how far a riff is. */
final class Progress implements AutoCloseable {

    private final StatusLine status;
    private final int clips;
    private final long start = System.nanoTime();

    Progress(PrintWriter out, int clips) {
        this.status = new StatusLine(out);
        this.clips = clips;
    }

    /** Shows that some steps of a clip, counted from 0, are done. */
    void show(int clip, int step, int steps) {
        double done = (clip + (double) step / steps) / clips;
        Duration left = Duration.ofNanos((long) ((System.nanoTime() - start) * (1 - done) / done));
        status.show(String.format(
                Locale.ROOT,
                "clip %d of %d, step %d of %d, about %d s left",
                clip + 1,
                clips,
                step,
                steps,
                left.toSeconds() + 1));
    }

    /** Shows what is done after the last clip. */
    void show(String text) {
        status.show(text);
    }

    @Override
    public void close() {
        status.close();
    }
}
