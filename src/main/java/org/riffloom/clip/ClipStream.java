package org.riffloom.clip;

import org.riffloom.prompt.Interpolation;

/**
 * Makes the clips of one stream. Each clip's sound carries on from the one before, so a stream has a state and one
 * caller at a time; callers on different threads must hand it over with a happens-before edge, as the work queue does.
 */
public interface ClipStream {

    /**
     * Makes the clip that follows the last one.
     *
     * @throws org.riffloom.prompt.InvalidRequestException if the recipe cannot be used
     * @throws java.util.concurrent.CancellationException if {@code progress} threw it; the stream needs a
     *     {@link #reset()} before the next clip
     */
    Clip next(Interpolation recipe, StepProgress progress);

    /** Forgets the last clip, so that the next one begins out of silence. */
    void reset();

    /**
     * Puts the stream where another one was after a clip ({@link Clip#after()}), so that the next clip follows that one: on
     * the same machine, with the same settings, to the bit. Where the state cannot be used, for whatever reason, this is a
     * {@link #reset()}.
     *
     * @return whether the state could be used
     */
    boolean resume(StreamState state);
}
