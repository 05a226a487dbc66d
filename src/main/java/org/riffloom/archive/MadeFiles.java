package org.riffloom.archive;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Files that are made when they are asked for, a few at a time, since each takes a processor's whole attention. The latest are
 * kept, as far as there is room.
 */
final class MadeFiles {

    /** A minute of WAV takes 5 MB. */
    private static final long MAX_BYTES = 64L << 20;

    /** Each keeps a thread of the web server, which has others to serve. */
    private static final int MAX_WAITING = 16;

    private final Semaphore makers;
    private final Duration maxWait;
    private final Map<String, byte[]> latest = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /**
     * @param makers files that are made at the same time
     * @param maxWait how long to wait for one of them to have time
     */
    MadeFiles(int makers, Duration maxWait) {
        this.makers = new Semaphore(makers, true);
        this.maxWait = maxWait;
    }

    /** A file that was made before. */
    synchronized Optional<byte[]> find(String name) {
        return Optional.ofNullable(latest.get(name));
    }

    /**
     * A file.
     *
     * @return nothing if there was no time to make it, or too many wait already
     */
    Optional<byte[]> make(String name, Supplier<byte[]> making) {
        if (!hasMaker()) {
            return Optional.empty();
        }
        try {
            // Whoever was before in line may have asked for the same.
            Optional<byte[]> made = find(name);
            if (made.isPresent()) {
                return made;
            }
            byte[] file = making.get();
            keep(name, file);
            return Optional.of(file);
        } finally {
            makers.release();
        }
    }

    private boolean hasMaker() {
        if (makers.getQueueLength() >= MAX_WAITING) {
            return false;
        }
        try {
            return makers.tryAcquire(maxWait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized void keep(String name, byte[] file) {
        byte @Nullable [] before = latest.put(name, file);
        bytes += file.length - (before == null ? 0 : before.length);
        var oldest = latest.values().iterator();
        while (bytes > MAX_BYTES) {
            bytes -= oldest.next().length;
            oldest.remove();
        }
    }
}
