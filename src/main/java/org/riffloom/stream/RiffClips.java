package org.riffloom.stream;

import org.jspecify.annotations.Nullable;
import org.riffloom.clip.Clip;
import org.riffloom.clip.ClipStream;
import org.riffloom.clip.StepProgress;
import org.riffloom.prompt.Interpolation;

/**
 * The clips of a session, which join as long as the riff is the same and none has failed.
 *
 * <p>Only the jobs of one lane come here. They never overlap and each sees what the one before did, so there is nothing
 * to lock.
 */
final class RiffClips {

    private final ClipStream stream;
    /** The riff that the last clip belongs to, if the next one can join it. */
    private @Nullable Riff joinable;
    /** The riff that the last clip belongs to. */
    private @Nullable Riff latest;

    RiffClips(ClipStream stream) {
        this.stream = stream;
    }

    Clip next(Riff riff, Interpolation recipe, StepProgress progress) {
        if (!riff.equals(latest)) {
            stream.resume(riff.before());
        } else if (!riff.equals(joinable)) {
            stream.reset();
        }
        joinable = null;
        Clip clip = stream.next(recipe, progress);
        latest = riff;
        joinable = riff;
        return clip;
    }
}
