package org.riffloom.work;

/**
 * Something to be done in turn. After it has been admitted, and unless it is cancelled, either {@link #run} or
 * {@link #expired} is called, once.
 */
public interface Job {

    /** Does it, on a worker's thread. */
    void run(Turn turn);

    /**
     * Told when it must wait, and whenever its place changes. A word may come late, when the job has already begun.
     *
     * @param position how many places in the line it has to advance before it begins, at least 1
     */
    void moved(int position);

    /** Told instead of being run, when it has waited too long or the queue closes. */
    void expired();
}
