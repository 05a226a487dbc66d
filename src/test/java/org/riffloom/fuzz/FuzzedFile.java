package org.riffloom.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A file with the fuzzer's bytes, and the rule that a reader may only refuse it, and never allocates much for little. */
public final class FuzzedFile {

    /** What a reader may allocate for a file of any size: buffers, messages, stack traces. */
    private static final long ALLOWANCE = 4 << 20;

    /** And for every byte of the file: trees of JSON nodes are the largest that is made of a byte. */
    private static final long PER_BYTE = 500;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Path path;

    /** @param name of the file; readers choose by its ending */
    public FuzzedFile(String name) {
        try {
            Path folder = Files.createTempDirectory("riffloom-fuzz");
            path = folder.resolve(name);
            path.toFile().deleteOnExit();
            folder.toFile().deleteOnExit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Has the bytes read from a file.
     *
     * @param refusal what the reader says of files that it cannot read
     * @throws AssertionError if the reader allocated out of proportion
     */
    public void readBy(Consumer<Path> reader, byte[] bytes, Class<? extends RuntimeException> refusal) {
        try {
            Files.write(path, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        bounded(() -> reader.accept(path), bytes.length, refusal);
    }

    /** The same for what is not read from a file. */
    public static void bounded(Runnable reader, int size, Class<? extends RuntimeException> refusal) {
        long limit = ALLOWANCE + PER_BYTE * size;
        long allocated = allocatedBy(reader, refusal);
        if (allocated > limit) {
            // The first time classes are loaded and instrumented as well.
            allocated = allocatedBy(reader, refusal);
        }
        if (allocated > limit) {
            throw new AssertionError(size + " bytes made the reader allocate " + allocated + ".");
        }
    }

    private static long allocatedBy(Runnable reader, Class<? extends RuntimeException> refusal) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            reader.run();
        } catch (RuntimeException e) {
            if (!refusal.isInstance(e)
                    || e.getMessage() == null
                    || e.getMessage().isBlank()) {
                throw e;
            }
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
