package org.riffloom.stream;

import org.riffloom.prompt.InvalidRequestException;

/**
 * How far a riff has been made and heard, and so whether another clip is wanted: the stream stays a fixed number of
 * clips ahead of the one that sounds. Two clips are 10 seconds in which to make the next one, and little enough for a
 * new prompt to be heard soon. A listener that has gone, or fallen silent, hears no more clips, so none are made.
 *
 * <p>Not thread-safe.
 */
final class Pacing {

    private final int ahead;
    /** Clips of the riff as it is now. */
    private int made;
    /** Clips that the listener may have: more than were made where some have given way. */
    private int sent;

    private int playing = -1;
    private boolean paused;

    Pacing(int ahead) {
        this.ahead = ahead;
    }

    /** Whether the clip {@link #nextIndex()} should be made now. */
    boolean wantsNext() {
        return !paused && made <= playing + ahead;
    }

    /** The index of the clip to be made next, which is the number of clips made. */
    int nextIndex() {
        return made;
    }

    /** A clip has been made and sent. */
    void made() {
        made++;
        sent = Math.max(sent, made);
    }

    /** Clips give way; {@code index} is to be made next. */
    void backTo(int index) {
        made = index;
    }

    /**
     * A clip has begun to play.
     *
     * @throws InvalidRequestException if it cannot have
     */
    void played(int index) {
        if (index < 0 || index >= sent) {
            throw new InvalidRequestException(
                    "index",
                    sent == 0
                            ? "index is " + index + ", but no clip of this riff has been sent yet."
                            : "index is " + index + ", but the clips sent so far are 0 to " + (sent - 1) + ".");
        }
        if (index < playing) {
            throw new InvalidRequestException(
                    "index", "index is " + index + ", but clip " + playing + " has already been reported.");
        }
        playing = index;
    }

    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
    }
}
