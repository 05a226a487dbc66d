package org.riffloom.own;

import java.io.IOException;
import org.springframework.http.HttpStatus;

/** A file that no seed image can be made of; the message says what is wrong and what would be right. */
final class UnusableFileException extends IOException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;

    UnusableFileException(HttpStatus status, String message) {
        super(message);
        this.status = status;
    }

    /** A file that can be read, but does not do. */
    static UnusableFileException unsuitable(String message) {
        return new UnusableFileException(HttpStatus.UNPROCESSABLE_CONTENT, message);
    }

    /** To answer with. */
    HttpStatus status() {
        return status;
    }
}
