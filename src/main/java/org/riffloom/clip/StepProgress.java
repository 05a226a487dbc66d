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

    /** Whether {@link #onSketch} is to be called. */
    default boolean wantsSketches() {
        return false;
    }

    /**
     * Called after {@link #onStep}, if sketches are wanted and the model can draw any.
     *
     * @param sketch what there is of the picture: an eighth as wide and high, grey, with as much noise as is left in it
     */
    default void onSketch(int step, int steps, EncodedMedia sketch) {}

    /**
     * Called on the same thread wherever else the clip may be abandoned: between the parts of the work that are not steps,
     * and about once a second while it waits for its next step.
     *
     * @throws java.util.concurrent.CancellationException to abandon the clip
     */
    default void mayStop() {}
}
