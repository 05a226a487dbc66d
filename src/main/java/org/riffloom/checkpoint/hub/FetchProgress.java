package org.riffloom.checkpoint.hub;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a download is.
 *
 * @param model that is fetched
 * @param bytes that are there, those of an earlier attempt included
 * @param totalBytes of all files
 * @param bytesPerSecond of the last seconds; 0 if none came
 */
public record FetchProgress(String model, long bytes, long totalBytes, double bytesPerSecond) {

    /** How long the rest takes at this pace, or {@code null} if nothing comes. */
    public @Nullable Duration left() {
        return bytesPerSecond < 1 ? null : Duration.ofSeconds((long) Math.ceil((totalBytes - bytes) / bytesPerSecond));
    }

    /** Such as {@code 1.2 of 5.3 GB, 23.0 MB/s, about 3 min left}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(ByteText.of(bytes) + " of " + ByteText.of(totalBytes));
        Duration left = left();
        if (left != null) {
            text.append(", ").append(ByteText.of((long) bytesPerSecond)).append("/s, about ");
            text.append(left.toSeconds() < 100 ? left.toSeconds() + " s" : (left.toSeconds() + 59) / 60 + " min");
            text.append(" left");
        }
        return text.toString();
    }
}
