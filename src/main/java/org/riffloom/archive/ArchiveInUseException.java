package org.riffloom.archive;

import java.nio.file.Path;

/** The archive's database belongs to another process. */
final class ArchiveInUseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ArchiveInUseException(Path folder, Throwable cause) {
        super("Another Riffloom uses the archive in " + folder.toAbsolutePath() + ".", cause);
    }
}
