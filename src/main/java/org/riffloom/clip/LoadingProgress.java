package org.riffloom.clip;

import org.jspecify.annotations.Nullable;

/**
 * How far the download of a model is, before it can be loaded.
 *
 * @param model its name
 * @param bytes that are there
 * @param totalBytes of all its files
 * @param bytesPerSecond of the last seconds
 * @param secondsLeft at this pace, or {@code null} where nothing comes
 */
public record LoadingProgress(
        String model,
        long bytes,
        long totalBytes,
        long bytesPerSecond,
        @Nullable Long secondsLeft) {}
