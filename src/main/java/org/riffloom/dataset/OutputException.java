package org.riffloom.dataset;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Where files are to be written none can be: the disk is full, for instance. */
public final class OutputException extends IOException {

    private static final long serialVersionUID = 1L;

    OutputException(Path folder, IOException cause) {
        super(folder + " cannot be written to: " + reason(cause), cause);
    }

    /** Without the name of a file that no one has heard of. */
    private static String reason(IOException cause) {
        String reason = cause instanceof FileSystemException e ? e.getReason() : cause.getMessage();
        return reason == null ? cause.getClass().getSimpleName() : reason;
    }
}
