package org.riffloom.work;

/** The answer to a job that asks to be done. */
public sealed interface Admission {

    /**
     * The job waits for its turn, or has already begun.
     *
     * @param ticket to take it back with
     */
    record Accepted(Ticket ticket) implements Admission {}

    /**
     * Too many jobs wait; this one will not be done.
     *
     * @param capacity how many may wait
     */
    record QueueFull(int capacity) implements Admission {}
}
