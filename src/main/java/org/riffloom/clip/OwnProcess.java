package org.riffloom.clip;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the system says of the process that runs this, for its measurements. */
final class OwnProcess {

    /** In which Linux counts for programs on every processor that Java runs on, see proc(5). */
    private static final double TICKS_PER_SECOND = 100;

    /** Of the start in {@code /proc/self/stat}, counted from the end of the program's name, which may hold spaces. */
    private static final int START_FIELD = 19;

    private OwnProcess() {}

    /**
     * Seconds since this process began. On Linux to a hundredth; {@link ProcessHandle} knows the start of the machine
     * to the second only, and all that follows from it. Elsewhere since the Java virtual machine did.
     */
    static double age() {
        try {
            String status = Files.readString(Path.of("/proc/self/stat"));
            String[] fields = status.substring(status.lastIndexOf(')') + 2).split(" ", -1);
            String[] running = Files.readString(Path.of("/proc/uptime")).split(" ", -1);
            return Double.parseDouble(running[0]) - Long.parseLong(fields[START_FIELD]) / TICKS_PER_SECOND;
        } catch (IOException e) {
            return ManagementFactory.getRuntimeMXBean().getUptime() / 1e3;
        }
    }

    /** The most memory that it had; {@code null} where the system does not say. Linux does, in units of 1024 bytes. */
    static @Nullable Long peakResidentBytes() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            return null;
        }
    }
}
