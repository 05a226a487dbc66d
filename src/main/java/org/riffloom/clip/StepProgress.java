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
}
