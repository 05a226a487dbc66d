package org.riffloom.checkpoint.hub;

/**
 * What became of a file in the cache.
 *
 * @param path within the model
 * @param outcome of reading all of it
 */
public record Verification(String path, Outcome outcome) {

    /** How a file's content compares with the hash that the hub gave it. */
    public enum Outcome {
        RIGHT,
        WRONG,
        /** The cache holds the file without its hash, as it does where there are no symbolic links. */
        UNKNOWN
    }
}
