package org.riffloom.clip;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.riffloom.audio.InversionQuality;

/**
 * The processors that make pictures into sound. More threads than there are of these would take time from the network,
 * whose own threads spin while they wait for one that has been displaced.
 */
final class SoundProcessors {

    private final Semaphore free;
    private final InversionQuality quality;

    /** @param quality of the sound that they make */
    SoundProcessors(int count, InversionQuality quality) {
        this.free = new Semaphore(count, true);
        this.quality = quality;
    }

    /** How close to its picture they bring a sound. */
    InversionQuality quality() {
        return quality;
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
