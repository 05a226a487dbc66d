package org.riffloom.prompt;

/** A value that a listener gave and that cannot be used; the message says what is wrong and what would be right. */
public final class InvalidRequestException extends IllegalArgumentException {

    private final String field;

    /**
     * @param field the protocol's or the command line's name of the value, such as {@code seed}
     * @param message what is wrong and what would be right, as one sentence for a person
     */
    public InvalidRequestException(String field, String message) {
        super(message);
        this.field = field;
    }

    /** The name of the offending value. */
    public String field() {
        return field;
    }
}
