package org.riffloom.work;

/**
 * One asker's way into the queue. It holds one waiting job at most, and its jobs never overlap: one that waits begins
 * when the one before it has ended, cancelled or not, and sees all that it did.
 */
@FunctionalInterface
public interface Lane {

    /**
     * Asks for a job to be done.
     *
     * @throws IllegalStateException if a job of this lane is still waiting for its turn
     */
    Admission offer(Job job);
}
