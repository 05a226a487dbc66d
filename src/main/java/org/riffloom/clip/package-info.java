/**
 * A clip, and how one is made: a generated picture, turned into the next 5.12 seconds of a stream, or into a loop; and
 * sounds that are painted anew.
 *
 * <p>It may use prompt, checkpoint, diffusion, spectrogram and audio.
 *
 * <p>It never knows who listens.
 */
@ApplicationModule(
        allowedDependencies = {"prompt", "checkpoint", "checkpoint :: hub", "diffusion", "spectrogram", "audio"})
@NullMarked
package org.riffloom.clip;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
