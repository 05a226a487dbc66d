package org.riffloom.diffusion;

import java.awt.image.BufferedImage;

/** Follows a generation. */
@FunctionalInterface
public interface StepListener {

    /** Listens to nothing. */
    StepListener NONE = (step, steps) -> {};

    /**
     * Is called after every denoising step, on the thread that asked for the picture. The next step may have begun.
     *
     * @param step how many steps are done, from 1
     * @param steps how many there are
     * @throws java.util.concurrent.CancellationException to end the generation here; the pipeline stays usable
     */
    void onStep(int step, int steps);

    /** Whether {@link #onSketch} is to be called, which costs a copy of the latents at every step. */
    default boolean wantsSketches() {
        return false;
    }

    /**
     * Is called after {@link #onStep}, if sketches are wanted and can be had.
     *
     * @param sketch what there is of the picture: small, grey, with as much noise as is left in it
     */
    default void onSketch(int step, int steps, BufferedImage sketch) {}

    /**
     * Is called on the same thread when one of the other stages is complete.
     *
     * @throws java.util.concurrent.CancellationException as for a step
     */
    default void onStage(PictureStage done) {}

    /**
     * Is called on the same thread about once a second while the next step is awaited, others may come first.
     *
     * @throws java.util.concurrent.CancellationException as for a step
     */
    default void onWait() {}
}
