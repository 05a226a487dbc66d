package org.riffloom.archive;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What may be asked of links and of clips, {@code riffloom.links.*}. Rates are per minute, and a minute's worth may come at once. A client
 * is an address that requests come from.
 *
 * @param sharesPerClient links that a client may make
 * @param shares links that all clients together may make
 * @param filesPerClient files, and descriptions for other sites, that a client may have made for it
 * @param files files that all clients together may have made for them
 * @param clipsPerClient sounds and pictures of single clips that a client may have once more
 * @param clips sounds and pictures of single clips that all clients together may have
 * @param makers files that are made at the same time
 * @param maxWait how long a request waits until one of them has time
 */
@ConfigurationProperties("riffloom.links")
record LinkLimits(
        @DefaultValue("20") int sharesPerClient,
        @DefaultValue("200") int shares,
        @DefaultValue("60") int filesPerClient,
        @DefaultValue("300") int files,
        @DefaultValue("600") int clipsPerClient,
        @DefaultValue("6000") int clips,
        @DefaultValue("1") int makers,
        @DefaultValue("10s") Duration maxWait) {

    /** Says which setting cannot be, and what could. */
    LinkLimits {
        requirePositive("shares-per-client", sharesPerClient);
        requirePositive("shares", shares);
        requirePositive("files-per-client", filesPerClient);
        requirePositive("files", files);
        requirePositive("clips-per-client", clipsPerClient);
        requirePositive("clips", clips);
        requirePositive("makers", makers);
        if (maxWait.isNegative()) {
            throw new IllegalArgumentException("riffloom.links.max-wait is " + maxWait + "; it must not be below 0.");
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("riffloom.links." + name + " is " + value + "; it must be at least 1.");
        }
    }
}
