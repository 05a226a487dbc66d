package org.riffloom.clip;

import org.riffloom.prompt.Interpolation;

/** Makes clips that stand alone. */
@FunctionalInterface
public interface SingleClips {

    /**
     * Makes a clip whose sound begins and ends with its picture: from the first column to the last, as an MP3 file, and
     * the picture as a JPEG file. Safe for use by several threads at once, as far as the model is.
     *
     * @throws org.riffloom.prompt.InvalidRequestException if the recipe cannot be used
     * @throws java.util.concurrent.CancellationException if {@code progress} threw it
     */
    Clip make(Interpolation recipe, StepProgress progress);
}
