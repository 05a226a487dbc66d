package org.riffloom.clip;

import org.riffloom.prompt.RiffDirection;

/** Whoever wants to know of the clips that listeners are sent. */
public interface HeardClips {

    /**
     * A clip is on its way to a listener. Returns at once.
     *
     * @param direction where the riff goes from there
     * @param model that made it
     */
    void heard(Clip clip, RiffDirection direction, LoadedModel model);
}
