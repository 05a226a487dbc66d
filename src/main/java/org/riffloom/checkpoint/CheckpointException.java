package org.riffloom.checkpoint;

import java.nio.file.Path;

/**
 * A model folder that cannot be used. The message names the file, where it applies the tensor or the setting, and what
 * would be right.
 */
public abstract sealed class CheckpointException extends RuntimeException {

    private final Path file;

    private CheckpointException(Path file, String message, Throwable cause) {
        super(file + ": " + message, cause);
        this.file = file;
    }

    private CheckpointException(Path file, String message) {
        super(file + ": " + message);
        this.file = file;
    }

    /** The file or folder at fault. */
    public Path file() {
        return file;
    }

    /** A file or folder that has to be there is not. */
    public static final class Missing extends CheckpointException {
        Missing(Path file, String message) {
            super(file, message);
        }
    }

    /** A file is there, and the operating system does not let it be read. */
    public static final class Unreadable extends CheckpointException {
        Unreadable(Path file, Throwable cause) {
            super(file, "cannot be read: " + cause, cause);
        }
    }

    /** A file does not follow its own format: cut short, contradicting itself, or not JSON. */
    public static final class Malformed extends CheckpointException {
        public Malformed(Path file, String message) {
            super(file, message);
        }
    }

    /** A file is well-formed and describes a network that this program does not run. */
    public static final class Unsupported extends CheckpointException {
        public Unsupported(Path file, String message) {
            super(file, message);
        }
    }

    /** The tensors of a file are not those that the network's config describes. */
    public static final class TensorMismatch extends CheckpointException {
        TensorMismatch(Path file, String message) {
            super(file, message);
        }
    }
}
