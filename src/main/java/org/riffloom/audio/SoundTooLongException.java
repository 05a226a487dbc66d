package org.riffloom.audio;

/** A sound file that has more samples than the caller has room for. */
public final class SoundTooLongException extends UnreadableSoundException {

    private static final long serialVersionUID = 1L;

    /**
     * @param file what to call it in the message
     * @param reason what is too long, and what would not be
     */
    public SoundTooLongException(String file, String reason) {
        super(file, reason);
    }
}
