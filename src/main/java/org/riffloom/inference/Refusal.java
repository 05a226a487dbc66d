package org.riffloom.inference;

import org.springframework.http.HttpStatus;

/** Why a request gets no clip; the message is for the client. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    /** About as long as a clip takes. */
    private static final int RETRY_SECONDS = 5;

    private final HttpStatus status;
    private final int retrySeconds;

    private Refusal(HttpStatus status, int retrySeconds, String message) {
        super(message, null, false, false);
        this.status = status;
        this.retrySeconds = retrySeconds;
    }

    static Refusal of(HttpStatus status, String message) {
        return new Refusal(status, 0, message);
    }

    /** It is worth another try. */
    static Refusal forNow(String message) {
        return new Refusal(HttpStatus.SERVICE_UNAVAILABLE, RETRY_SECONDS, message);
    }

    HttpStatus status() {
        return status;
    }

    /** After how many seconds to try again; 0 if that is of no use. */
    int retrySeconds() {
        return retrySeconds;
    }
}
