package org.riffloom.clip;

/** Follows a sound that is painted anew. */
@FunctionalInterface
public interface RepaintProgress {

    /**
     * Called after each step of the sampler, on the thread that paints.
     *
     * @param seconds of the sound that are done
     * @param total seconds that the file says it has; 0 if it does not say
     * @throws java.util.concurrent.CancellationException to abandon it
     */
    void onProgress(double seconds, double total);
}
