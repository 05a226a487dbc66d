package org.riffloom.checkpoint.hub;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries again what may have failed by chance, with pauses that grow; gives up after some failures in a row. */
final class Attempts {

    private static final Logger log = LoggerFactory.getLogger(Attempts.class);

    private final HubId model;
    private final Patience patience;
    private int failures;

    Attempts(HubId model, Patience patience) {
        this.model = model;
        this.patience = patience;
    }

    /** Something that talks to the hub once. */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws IOException;
    }

    /**
     * @throws HubException.Unreachable if every attempt failed
     * @throws HubException whatever an attempt throws that trying again would not change
     */
    <T> T until(Attempt<T> attempt) {
        while (true) {
            try {
                return attempt.run();
            } catch (ClosedByInterruptException e) {
                throw stopped();
            } catch (IOException e) {
                failures++;
                pauseAfter(e);
            }
        }
    }

    /** Something was gained, so the next failure is the first of a new row. */
    void succeeded() {
        failures = 0;
    }

    private void pauseAfter(IOException failure) {
        Duration asked = failure instanceof TransientFailure known ? known.retryAfter() : null;
        String reason = failure instanceof TransientFailure ? String.valueOf(failure.getMessage()) : failure.toString();
        if (failures >= patience.attempts()) {
            throw new HubException.Unreachable(
                    model.toString(),
                    reason + " (" + failures + " attempts in a row). What has come is kept.",
                    failure);
        }
        if (asked != null && asked.compareTo(patience.longestPause()) > 0) {
            throw new HubException.Unreachable(
                    model.toString(), reason + "; the hub asks to come back in " + asked.toSeconds() + " s.", failure);
        }
        // Scattered, so that many who lost the same hub do not all come back in the same moment.
        long millis = (long) (patience.pause(failures).toMillis()
                * ThreadLocalRandom.current().nextDouble(0.5, 1));
        Duration pause = asked != null ? asked : Duration.ofMillis(millis);
        log.warn(
                "{}: {}; trying again in {} s",
                model,
                reason,
                String.format(Locale.ROOT, "%.1f", pause.toMillis() / 1e3));
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopped();
        }
    }

    private HubException stopped() {
        return new HubException.Interrupted(model.toString(), "the download was stopped.");
    }
}
