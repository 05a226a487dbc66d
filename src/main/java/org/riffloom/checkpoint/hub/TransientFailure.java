package org.riffloom.checkpoint.hub;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Something that may pass if one waits a little. */
final class TransientFailure extends IOException {

    private final @Nullable Duration retryAfter;

    TransientFailure(String message, @Nullable Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    /** How long the hub asks one to wait, where it does. */
    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }
}
