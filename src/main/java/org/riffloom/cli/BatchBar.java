package org.riffloom.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.riffloom.dataset.BatchListener;
import org.riffloom.dataset.Outcome;

/** Says how far the work on many files is: on a terminal in one line that changes, elsewhere in a line now and then. */
final class BatchBar implements BatchListener {

    private static final Duration ON_TERMINAL = Duration.ofMillis(200);
    private static final Duration ELSEWHERE = Duration.ofSeconds(10);
    private static final int SECONDS_SHOWN = 100;
    /** Files a second. */
    private static final double SLOW = 0.2;

    private final StatusLine status;
    private final int total;
    private final Function<Outcome.Failed, String> message;
    private final LongSupplier clock;
    private final long start;
    private long shownAt;
    private int done;
    private int there;
    private int failed;

    /**
     * @param total number of files
     * @param message of a file that was passed over
     * @param clock in nanoseconds
     */
    BatchBar(StatusLine status, int total, Function<Outcome.Failed, String> message, LongSupplier clock) {
        this.status = status;
        this.total = total;
        this.message = message;
        this.clock = clock;
        this.start = clock.getAsLong();
        this.shownAt = start;
        status.show(text(start));
    }

    @Override
    public void onOutcome(Outcome outcome) {
        done++;
        there += outcome instanceof Outcome.AlreadyThere ? 1 : 0;
        if (outcome instanceof Outcome.Failed failure) {
            failed++;
            status.print(message.apply(failure));
        }
        long now = clock.getAsLong();
        Duration interval = status.isVisible() ? ON_TERMINAL : ELSEWHERE;
        if (now - shownAt >= interval.toNanos()) {
            shownAt = now;
            if (status.isVisible()) {
                status.show(StatusLine.bar(done, total) + " " + text(now));
            } else {
                status.print(text(now));
            }
        }
    }

    /** What was there already, or failed, took next to no time, so it says nothing about the rest. */
    private String text(long now) {
        StringBuilder text = new StringBuilder(done + " of " + total + " files");
        if (failed > 0) {
            text.append(", ").append(failed).append(" failed");
        }
        double seconds = (now - start) / 1e9;
        int made = done - there - failed;
        if (made > 0 && seconds > 0 && done < total) {
            double rate = made / seconds;
            long left = (long) Math.ceil((total - done) / rate);
            String pace = rate < SLOW
                    ? String.format(Locale.ROOT, "%.0f s a file", 1 / rate)
                    : String.format(Locale.ROOT, "%.1f files/s", rate);
            String time = left < SECONDS_SHOWN ? left + " s" : (left + 59) / 60 + " min";
            text.append(", ").append(pace).append(", about ").append(time).append(" left");
        }
        return text.toString();
    }
}
