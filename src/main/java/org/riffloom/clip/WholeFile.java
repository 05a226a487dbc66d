package org.riffloom.clip;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are whole from the moment that they have their name, whenever the power fails. */
public final class WholeFile {

    /** How the name of a file ends that has no other yet. One that is left behind belongs to a process that was killed. */
    public static final String UNFINISHED = ".part";

    private WholeFile() {}

    /** Writes a file, in place of one that may be there, to the disk itself; makes its folder where there is none. */
    public static void write(Path file, byte[] content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, file.getFileName().toString(), UNFINISHED);
        try {
            try (FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
