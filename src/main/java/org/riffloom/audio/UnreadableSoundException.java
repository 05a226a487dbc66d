package org.riffloom.audio;

import java.io.IOException;

/** A sound file that is damaged, hostile, or of a kind that is not read; the message names it and says what is wrong. */
public sealed class UnreadableSoundException extends IOException permits SoundTooLongException {

    private static final long serialVersionUID = 1L;

    UnreadableSoundException(String file, String reason) {
        super(file + " cannot be read: " + reason);
    }

    UnreadableSoundException(String file, String reason, Throwable cause) {
        super(file + " cannot be read: " + reason, cause);
    }

    /** One that is not what it says it is; {@code what} completes "it is damaged; …". */
    static UnreadableSoundException damaged(String file, String what) {
        return new UnreadableSoundException(file, "it is damaged; " + what + ".");
    }
}
