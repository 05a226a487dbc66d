package org.riffloom.cli;

import java.time.Duration;
import java.util.Locale;
import org.riffloom.clip.RepaintProgress;

/** Says how much of a sound has been made, all the time on a terminal and now and then elsewhere. */
final class SoundBar implements RepaintProgress {

    private static final Duration ELSEWHERE = Duration.ofMinutes(1);
    private static final int MINUTE = 60;

    private final StatusLine status;
    private final long start = System.nanoTime();
    private long shownAt = start;

    SoundBar(StatusLine status) {
        this.status = status;
    }

    @Override
    public void onProgress(double seconds, double total) {
        long now = System.nanoTime();
        if (status.isVisible()) {
            String bar = total > 0 ? StatusLine.bar((long) (1000 * seconds), (long) (1000 * total)) + " " : "";
            status.show(bar + text(seconds, total, (now - start) / 1e9));
        } else if (now - shownAt >= ELSEWHERE.toNanos()) {
            shownAt = now;
            status.print(text(seconds, total, (now - start) / 1e9));
        }
    }

    /**
     * Such as {@code 0:20 of 3:15, about 2:40 left}.
     *
     * @param seconds of the sound, above 0
     * @param total seconds of it; 0 where that is not known
     * @param elapsed seconds
     */
    static String text(double seconds, double total, double elapsed) {
        return total > 0
                ? time(seconds) + " of " + time(total) + ", about " + time(elapsed * (total - seconds) / seconds)
                        + " left"
                : time(seconds) + " done";
    }

    private static String time(double seconds) {
        long whole = (long) Math.ceil(seconds);
        return String.format(Locale.ROOT, "%d:%02d", whole / MINUTE, whole % MINUTE);
    }
}
