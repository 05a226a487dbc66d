package org.riffloom.spectrogram;

import java.io.IOException;

/** An image file that is damaged, hostile, or not a spectrogram; the message names it and says what is wrong. */
public final class UnreadableImageException extends IOException {

    private static final long serialVersionUID = 1L;

    UnreadableImageException(String file, String reason) {
        super(file + " cannot be read: " + reason);
    }

    /** @param cause whose message says what is wrong */
    UnreadableImageException(String file, IllegalArgumentException cause) {
        super(file + " cannot be read: " + cause.getMessage(), cause);
    }
}
