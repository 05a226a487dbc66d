package org.riffloom.work;

/** A job that has been admitted. */
@FunctionalInterface
public interface Ticket {

    /** Takes the job out of the queue or, if it has begun, asks it to stop soon. Does nothing once it is over. */
    void cancel();
}
