package org.riffloom.stream;

import org.jspecify.annotations.Nullable;
import org.riffloom.clip.Clip;
import org.riffloom.clip.ClipId;
import org.riffloom.clip.ClipStream;
import org.riffloom.clip.StepProgress;

/**
 * The clips of a session. Each one's sound goes on from that of the clip which it follows, be that the last one made or not.
 *
 * <p>Only the jobs of one lane come here. They never overlap and each sees what the one before did, so there is nothing
 * to lock.
 */
final class RiffClips {

    private final ClipStream stream;
    /** The clip that the stream has just made, if it can simply go on. */
    private @Nullable ClipId latest;

    RiffClips(ClipStream stream) {
        this.stream = stream;
    }

    Clip next(Order order, StepProgress progress) {
        if (order.follows() == null || !order.follows().equals(latest)) {
            stream.resume(order.before());
        }
        latest = null;
        Clip clip = stream.next(order.recipe(), progress);
        latest = clip.id();
        return clip;
    }
}
