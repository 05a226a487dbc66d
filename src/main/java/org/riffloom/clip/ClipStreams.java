package org.riffloom.clip;

/** Where streams come from. */
@FunctionalInterface
public interface ClipStreams {

    /** A new stream, that begins out of silence. */
    ClipStream open();
}
