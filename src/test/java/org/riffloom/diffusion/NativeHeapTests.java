package org.riffloom.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NativeHeapTests {

    /** Less than what glibc takes from the system, and gives back, one by one. */
    private static final int BLOCK = 64 << 10;

    private static final int BLOCKS = 2_000;

    @Test
    void givesBackWhatLiesFreeBelowABlockInUse() throws IOException {
        assumeTrue(hasGlibc(), "Only glibc keeps what is freed, and can be asked for it.");
        List<Memory> blocks =
                Stream.generate(() -> new Memory(BLOCK)).limit(BLOCKS).toList();
        blocks.forEach(Memory::clear);
        try (Memory last = blocks.get(BLOCKS - 1)) {
            blocks.subList(0, BLOCKS - 1).forEach(Memory::close);
            long before = residentBytes();
            NativeHeap.trim();
            assertThat(before - residentBytes()).isGreaterThan((long) BLOCKS * BLOCK / 2);
            assertThat(last.getByte(0)).isZero();
        }
    }

    @Test
    void doesNothingWhereTheLibraryCannot() {
        assertThatCode(() -> NativeHeap.trimWith("no_function_of_any_library")).doesNotThrowAnyException();
    }

    private static boolean hasGlibc() {
        if (!Platform.isLinux()) {
            return false;
        }
        try {
            NativeLibrary.getProcess().getFunction("gnu_get_libc_version");
            return true;
        } catch (UnsatisfiedLinkError e) {
            return false;
        }
    }

    private static long residentBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElseThrow();
    }
}
