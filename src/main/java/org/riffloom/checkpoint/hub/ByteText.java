package org.riffloom.checkpoint.hub;

import java.util.Locale;

/** Sizes for people, in powers of a thousand. */
public final class ByteText {

    private static final String[] UNITS = {"kB", "MB", "GB", "TB"};

    private ByteText() {}

    /** Such as {@code 3.4 GB}. */
    public static String of(long bytes) {
        if (bytes < 1000) {
            return bytes + " bytes";
        }
        double value = bytes / 1000.0;
        int unit = 0;
        while (value >= 999.95 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }
}
