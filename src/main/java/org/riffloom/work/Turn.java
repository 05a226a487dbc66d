package org.riffloom.work;

/** A job's time with a worker. */
@FunctionalInterface
public interface Turn {

    /** Whether the job should stop as soon as it can. */
    boolean cancelled();
}
