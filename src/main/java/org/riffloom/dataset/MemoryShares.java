package org.riffloom.dataset;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.riffloom.audio.SoundTooLongException;

/**
 * Half of Java's memory, shared by jobs that run at the same time. A job whose sound is too long for its share waits for
 * the others, and then has all of it.
 */
final class MemoryShares {

    private final int jobs;
    private final long bytes;
    private final Semaphore shares;

    /** A job. */
    @FunctionalInterface
    interface Job {

        /**
         * Does it.
         *
         * @throws SoundTooLongException if it needs more than so many bytes
         */
        void within(long bytes) throws IOException;
    }

    /** @param bytes to share */
    MemoryShares(int jobs, long bytes) {
        this.jobs = jobs;
        this.bytes = bytes;
        this.shares = new Semaphore(jobs, true);
    }

    static MemoryShares among(int jobs) {
        return new MemoryShares(jobs, Runtime.getRuntime().maxMemory() / 2);
    }

    /** What each job may use while others run. */
    long each() {
        return bytes / jobs;
    }

    /**
     * Does a job as soon as there is memory for it.
     *
     * @throws SoundTooLongException if it needs more than there is
     */
    void run(Job job) throws IOException, InterruptedException {
        try {
            holding(1, job);
        } catch (SoundTooLongException e) {
            if (jobs == 1) {
                throw e;
            }
            holding(jobs, job);
        }
    }

    private void holding(int count, Job job) throws IOException, InterruptedException {
        shares.acquire(count);
        try {
            job.within(bytes / jobs * count);
        } finally {
            shares.release(count);
        }
    }
}
