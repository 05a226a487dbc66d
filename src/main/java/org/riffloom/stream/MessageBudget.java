package org.riffloom.stream;

import java.util.function.LongSupplier;

/**
 * How many messages a client may still send now. A page sends a few in a minute, and while a hand
 * is on its mixer a few in a second; a program that sends hundreds in a
 * second does nothing but keep the server busy.
 *
 * <p>Not thread-safe: it belongs to the thread that reads from the connection, of which there is one at a time.
 */
final class MessageBudget {

    private static final int BURST_SECONDS = 4;
    private static final double NANOS_PER_SECOND = 1e9;

    private final int perSecond;
    private final LongSupplier nanoTime;
    private double left;
    private long filledAt;

    MessageBudget(int perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
        this.left = (double) perSecond * BURST_SECONDS;
        this.filledAt = nanoTime.getAsLong();
    }

    /** Whether another message is allowed. */
    boolean spend() {
        long now = nanoTime.getAsLong();
        double earned = (now - filledAt) / NANOS_PER_SECOND * perSecond;
        left = Math.min(left + earned, (double) perSecond * BURST_SECONDS) - 1;
        filledAt = now;
        if (left < 0) {
            left = 0;
            return false;
        }
        return true;
    }
}
