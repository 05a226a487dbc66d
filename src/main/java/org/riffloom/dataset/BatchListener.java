package org.riffloom.dataset;

/** Follows the work on many files. */
@FunctionalInterface
public interface BatchListener {

    /** Called after each file, by one thread at a time. */
    void onOutcome(Outcome outcome);
}
