package org.riffloom.checkpoint.hub;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/** Counts what comes, and tells the listener now and then. Safe for several threads. */
final class TransferMeter {

    private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long SAMPLE_NANOS = Duration.ofMillis(500).toNanos();
    private static final long TELL_NANOS = Duration.ofMillis(250).toNanos();

    private final String model;
    private final long total;
    private final FetchListener listener;
    private final LongSupplier clock;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private long there;
    private long received;
    private long toldAt;

    private record Sample(long nanos, long received) {}

    /** @param clock in nanoseconds */
    TransferMeter(String model, long total, FetchListener listener, LongSupplier clock) {
        this.model = model;
        this.total = total;
        this.listener = listener;
        this.clock = clock;
        this.toldAt = clock.getAsLong() - TELL_NANOS;
        samples.add(new Sample(clock.getAsLong(), 0));
    }

    /** Bytes that came over the network. */
    synchronized void received(long bytes) {
        received += bytes;
        found(bytes);
    }

    /** Bytes that were there already or, below 0, that had to be thrown away. */
    synchronized void found(long bytes) {
        there += bytes;
        long now = clock.getAsLong();
        if (now - samples.getLast().nanos >= SAMPLE_NANOS) {
            samples.add(new Sample(now, received));
            while (samples.size() > 2 && now - samples.getFirst().nanos > WINDOW_NANOS) {
                samples.removeFirst();
            }
        }
        if (now - toldAt >= TELL_NANOS || there == total) {
            toldAt = now;
            listener.onProgress(progress());
        }
    }

    synchronized FetchProgress progress() {
        Sample oldest = samples.getFirst();
        double seconds = (clock.getAsLong() - oldest.nanos) / 1e9;
        return new FetchProgress(model, there, total, seconds <= 0 ? 0 : (received - oldest.received) / seconds);
    }
}
