package org.riffloom.archive;

import java.nio.file.Path;
import java.time.Duration;
import org.riffloom.clip.ModelProperties;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The archive's share of the settings, {@code riffloom.archive.*}.
 *
 * @param folder for the database and the files; empty for {@code archive} in the data folder
 * @param keepFor how long a clip is kept that no link leads to
 * @param keepSize how much room such clips may take together
 * @param sharedSize how much room the clips may take that links lead to; what is more is not shared
 * @param sweepEvery how often what is too old or too much is deleted
 */
@ConfigurationProperties("riffloom.archive")
public record ArchiveProperties(
        @DefaultValue("") String folder,
        @DefaultValue("24h") Duration keepFor,
        @DefaultValue("2GB") DataSize keepSize,
        @DefaultValue("20GB") DataSize sharedSize,
        @DefaultValue("10m") Duration sweepEvery) {

    /** Says which setting cannot be, and what could. */
    public ArchiveProperties {
        if (keepFor.isNegative() || sweepEvery.isNegative() || sweepEvery.isZero()) {
            throw new IllegalArgumentException(
                    "riffloom.archive.keep-for must not be below 0, and riffloom.archive.sweep-every must be above it.");
        }
        if (keepSize.isNegative() || sharedSize.isNegative()) {
            throw new IllegalArgumentException("The sizes in riffloom.archive must not be below 0.");
        }
    }

    /** Where the archive is. */
    Path path(ModelProperties settings) {
        return folder.isBlank() ? settings.dataFolder().resolve("archive") : Path.of(folder);
    }
}
