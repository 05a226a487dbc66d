package org.riffloom.dataset;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A folder in which files, or folders of files, appear when they are whole. Until then they lie in a hidden folder inside,
 * which is gone when all is done; what an earlier run has left there is thrown away.
 *
 * <p>One program at a time may write to it. Safe for any number of threads.
 */
public final class OutputFolder implements AutoCloseable {

    private static final String UNFINISHED = ".riffloom-unfinished";

    private final Path folder;
    private final Path unfinished;
    private final FileChannel lockFile;
    private final AtomicLong count = new AtomicLong();

    /** Writes something to where it is told. */
    @FunctionalInterface
    public interface Writing {

        /**
         * Writes it, and all of it.
         *
         * @throws IOException if that cannot be written to
         */
        void to(Path path) throws IOException;
    }

    private OutputFolder(Path folder, Path unfinished, FileChannel lockFile) {
        this.folder = folder;
        this.unfinished = unfinished;
        this.lockFile = lockFile;
    }

    /**
     * Opens a folder, and makes it if there is none.
     *
     * @throws OutputException if another program has it open
     * @throws IOException if it cannot be made or written to
     */
    public static OutputFolder open(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path unfinished = folder.resolve(UNFINISHED);
        FileChannel lockFile = null;
        try {
            Files.createDirectories(unfinished);
            lockFile =
                    FileChannel.open(unfinished.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(lockFile);
            if (lock == null) {
                throw new IOException("another program is writing there.");
            }
            OutputFolder output = new OutputFolder(folder, unfinished, lockFile);
            output.deleteLeftovers();
            return output;
        } catch (IOException e) {
            if (lockFile != null) {
                lockFile.close();
            }
            throw new OutputException(folder, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            // By this very program.
            return null;
        }
    }

    private void deleteLeftovers() throws IOException {
        try (var leftovers = Files.newDirectoryStream(unfinished, path -> !path.endsWith("lock"))) {
            for (Path leftover : leftovers) {
                delete(leftover);
            }
        }
    }

    /** Where something is in the folder, or would be. */
    public Path resolve(String name) {
        return folder.resolve(name);
    }

    /**
     * Has something written that nobody sees yet.
     *
     * @return where it is
     * @throws OutputException if nothing can be written
     */
    Path write(Writing writing) throws OutputException {
        Path path = unfinished.resolve(Long.toString(count.incrementAndGet()));
        return write(path, writing);
    }

    /** Has something written at a place in what nobody sees yet. */
    Path write(Path path, Writing writing) throws OutputException {
        try {
            writing.to(path);
            return path;
        } catch (IOException e) {
            throw new OutputException(folder, e);
        }
    }

    /**
     * Gives what was written its name, at once, in place of what may have it.
     *
     * @param path from {@link #write}
     * @param name in the folder
     * @throws IOException if it cannot have that name
     */
    void publish(Path path, String name) throws IOException {
        Path target = folder.resolve(name);
        Files.createDirectories(target.toAbsolutePath().getParent());
        if (Files.isDirectory(target)) {
            Path old = unfinished.resolve(Long.toString(count.incrementAndGet()));
            Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
            delete(old);
        } else {
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /**
     * Writes a file, which appears when it is whole.
     *
     * @param name in the folder
     * @return where it is
     * @throws IOException if it cannot be written
     */
    public Path add(String name, Writing writing) throws IOException {
        publish(write(writing), name);
        return resolve(name);
    }

    /** Throws away something that is not needed after all. */
    void delete(Path path) throws IOException {
        if (Files.notExists(path)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Throws away what is not whole, and lets other programs in. */
    @Override
    public void close() throws IOException {
        try {
            deleteLeftovers();
        } finally {
            lockFile.close();
        }
        delete(unfinished);
    }
}
