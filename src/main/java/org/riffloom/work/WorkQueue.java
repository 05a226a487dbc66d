package org.riffloom.work;

/**
 * Shares few workers among many askers, in fair turns. A job goes to the end of the line, and an asker has only one
 * place in it; so however much somebody asks for, everybody else gets a turn in between.
 */
@FunctionalInterface
public interface WorkQueue {

    /** A lane for a new asker. It holds nothing that must be given back. */
    Lane openLane();
}
