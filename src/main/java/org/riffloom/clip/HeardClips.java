package org.riffloom.clip;

/** Whoever wants to know of the clips that listeners are sent. */
public interface HeardClips {

    /**
     * A clip is on its way to a listener. Returns at once.
     *
     * @param model that made it
     */
    void heard(Clip clip, LoadedModel model);
}
