package org.riffloom.clip;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where seed images of listeners' own are kept, and for how long: {@code riffloom.own-images.*}.
 *
 * @param folder empty for {@code own_images} in the data folder
 * @param keepFor how long one is kept after its last use
 * @param keepSize how much room they may take together; with more, no other one is taken
 * @param sweepEvery how often what is too old or too much is deleted
 */
@ConfigurationProperties("riffloom.own-images")
public record OwnPictureProperties(
        @DefaultValue("") String folder,
        @DefaultValue("30d") Duration keepFor,
        @DefaultValue("1GB") DataSize keepSize,
        @DefaultValue("10m") Duration sweepEvery) {

    /** Says which setting cannot be, and what could. */
    public OwnPictureProperties {
        if (keepFor.isNegative() || keepSize.isNegative()) {
            throw new IllegalArgumentException(
                    "riffloom.own-images.keep-for and riffloom.own-images.keep-size must not be below 0.");
        }
        if (sweepEvery.isNegative() || sweepEvery.isZero()) {
            throw new IllegalArgumentException("riffloom.own-images.sweep-every must be above 0.");
        }
    }

    /** Where they are. */
    Path path(ModelProperties settings) {
        return folder.isBlank() ? usualPath(settings) : Path.of(folder);
    }

    static Path usualPath(ModelProperties settings) {
        return settings.dataFolder().resolve("own_images");
    }
}
