package org.riffloom.clip;

/** Follows the making of a clip, step by step. */
@FunctionalInterface
public interface StepProgress {

    /**
     * Called after each step of the sampler, on the thread that makes the clip.
     *
     * @param step that has been done, from 1
     * @param steps that there are in all
     * @throws java.util.concurrent.CancellationException to abandon the clip
     */
    void onStep(int step, int steps);

    /**
     * Called on the same thread wherever else the clip may be abandoned: between the parts of the work that are not steps,
     * and about once a second while it waits for its next step.
     *
     * @throws java.util.concurrent.CancellationException to abandon the clip
     */
    default void mayStop() {}
}
