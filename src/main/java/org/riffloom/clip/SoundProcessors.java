package org.riffloom.clip;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * The processors that make pictures into sound. More threads than there are of these would take time from the network,
 * whose own threads spin while they wait for one that has been displaced.
 */
final class SoundProcessors {

    private final Semaphore free;
    private final SoundSettings settings;

    /** @param settings of the sound that they make */
    SoundProcessors(int count, SoundSettings settings) {
        this.free = new Semaphore(count, true);
        this.settings = settings;
    }

    /** What sound they make of a picture. */
    SoundSettings settings() {
        return settings;
    }

    /** Does the work on this thread, when a processor is free: nobody has one for longer than a clip takes. */
    <T> T use(Supplier<T> work) {
        free.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            free.release();
        }
    }
}
