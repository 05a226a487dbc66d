package org.riffloom.dataset;

/** What became of one file of many. */
public sealed interface Outcome {

    /** Its output was made. */
    record Made() implements Outcome {}

    /** Its output was there, whole, and made in the same way. */
    record AlreadyThere() implements Outcome {}

    /**
     * It was passed over.
     *
     * @param name of the file
     * @param cause says why
     */
    record Failed(String name, Exception cause) implements Outcome {}
}
