package org.riffloom.own;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What listeners may bring, {@code riffloom.uploads.*}. Rates are per minute, and a minute's worth may come at once. A client
 * is an address that requests come from.
 *
 * @param perClient files that a client may bring
 * @param all files that all clients together may bring
 * @param soundSize the largest file with a sound
 * @param pictureSize the largest file with a picture
 * @param atOnce files that are on their way at the same time
 * @param atOncePerClient files of one client that are
 * @param patience how long a file may take to arrive
 * @param makers files that are decoded at the same time
 * @param maxWait how long a file that has arrived waits until one of them has time
 */
@ConfigurationProperties("riffloom.uploads")
record UploadLimits(
        @DefaultValue("10") int perClient,
        @DefaultValue("60") int all,
        @DefaultValue("30MB") DataSize soundSize,
        @DefaultValue("4MB") DataSize pictureSize,
        @DefaultValue("8") int atOnce,
        @DefaultValue("2") int atOncePerClient,
        @DefaultValue("60s") Duration patience,
        @DefaultValue("1") int makers,
        @DefaultValue("10s") Duration maxWait) {

    private static final DataSize LARGEST = DataSize.ofGigabytes(1);

    /** Says which setting cannot be, and what could. */
    UploadLimits {
        requirePositive("per-client", perClient);
        requirePositive("all", all);
        requirePositive("at-once", atOnce);
        requirePositive("at-once-per-client", atOncePerClient);
        requirePositive("makers", makers);
        requireSize("sound-size", soundSize);
        requireSize("picture-size", pictureSize);
        if (patience.isNegative() || maxWait.isNegative()) {
            throw new IllegalArgumentException(
                    "riffloom.uploads.patience and riffloom.uploads.max-wait must not be below 0.");
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "riffloom.uploads." + name + " is " + value + "; it must be at least 1.");
        }
    }

    private static void requireSize(String name, DataSize size) {
        if (size.isNegative() || size.compareTo(LARGEST) > 0) {
            throw new IllegalArgumentException(
                    "riffloom.uploads." + name + " is " + size + "; it must be between 0 and 1GB.");
        }
    }

    /** The largest file of all. */
    long maxBytes() {
        return Math.max(soundSize.toBytes(), pictureSize.toBytes());
    }

    /** For people: {@code 30 MB}. */
    static String megabytes(DataSize size) {
        long megabytes = size.toMegabytes();
        return megabytes > 0 ? megabytes + " MB" : size.toBytes() + " bytes";
    }
}
