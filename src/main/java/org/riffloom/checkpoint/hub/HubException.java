package org.riffloom.checkpoint.hub;

/** A model that could not be fetched. The message names it, says what is wrong and what would help. */
public abstract sealed class HubException extends RuntimeException {

    private HubException(String model, String message) {
        super(model + ": " + message);
    }

    private HubException(String model, String message, Throwable cause) {
        super(model + ": " + message, cause);
    }

    /** The hub does not let this model be read with this token, or without one. */
    public static final class Denied extends HubException {
        Denied(String model, String message) {
            super(model, message);
        }
    }

    /** The hub has no such model, revision or file. */
    public static final class NotFound extends HubException {
        NotFound(String model, String message) {
            super(model, message);
        }
    }

    /** The hub cannot be reached, or went on failing. What has come so far is kept, and the next attempt goes on there. */
    public static final class Unreachable extends HubException {
        Unreachable(String model, String message, Throwable cause) {
            super(model, message, cause);
        }

        Unreachable(String model, String message) {
            super(model, message);
        }
    }

    /** The hub's answer is not one, or a file is not the one that the hub announced. */
    public static final class Corrupt extends HubException {
        Corrupt(String model, String message) {
            super(model, message);
        }
    }

    /** The model is there and lacks files that are needed. */
    public static final class Unsuitable extends HubException {
        Unsuitable(String model, String message) {
            super(model, message);
        }
    }

    /** There is not enough room on the disk, or the cache cannot be read or written. */
    public static final class NoRoom extends HubException {
        NoRoom(String model, String message) {
            super(model, message);
        }

        NoRoom(String model, Throwable cause) {
            super(model, "the cache cannot be read or written: " + cause, cause);
        }
    }

    /** Another process fetches the same model, or this thread was asked to stop. */
    public static final class Interrupted extends HubException {
        Interrupted(String model, String message) {
            super(model, message);
        }
    }
}
