package org.riffloom.diffusion;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Linux can be asked about memory and Java cannot. Everywhere else, and where the C library cannot be called, nothing
 * happens: this saves time and memory, and no result depends on it.
 */
final class LinuxMemory {

    private static final Logger log = LoggerFactory.getLogger(LinuxMemory.class);

    /** {@code MADV_DONTNEED} in all of Linux' architectures. */
    private static final int DONT_NEED = 4;

    private static final long PAGE = 4096;

    private LinuxMemory() {}

    /**
     * Has libtorch ask for pages of 2 MB where a tensor is at least as large, unless the environment says otherwise. A
     * tensor of an activation is new memory in nearly every operation, of which the system has to hand out and clear each
     * page. To be called before libtorch is loaded, since it reads the environment once.
     */
    static void askForHugePages() {
        if (Platform.isLinux()) {
            try {
                int keep = 0;
                NativeLibrary.getProcess()
                        .getFunction("setenv")
                        .invokeInt(new Object[] {"THP_MEM_ALLOC_ENABLE", "1", keep});
            } catch (LinkageError e) {
                log.debug("no huge pages", e);
            }
        }
    }

    /**
     * Takes the pages of a mapped file out of this process. They stay readable: what is read again is mapped again, from
     * the system's cache or the file.
     *
     * @param mapped read-only, from {@link java.nio.channels.FileChannel#map}; any other memory would be cleared
     */
    static void release(ByteBuffer mapped) {
        if (!Platform.isLinux()) {
            return;
        }
        try {
            long start = Pointer.nativeValue(Native.getDirectBufferPointer(mapped));
            // A mapping begins with a page, whatever part of it was asked for. Where pages are larger the call fails.
            long first = start / PAGE * PAGE;
            NativeLibrary.getProcess().getFunction("madvise").invokeInt(new Object[] {
                new Pointer(first), new NativeLong(start + mapped.capacity() - first), DONT_NEED
            });
        } catch (LinkageError e) {
            log.debug("mapped memory stays", e);
        }
    }
}
