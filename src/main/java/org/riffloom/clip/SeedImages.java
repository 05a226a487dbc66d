package org.riffloom.clip;

import java.util.List;
import java.util.Optional;

/** The seed images that there are. Safe for use by several threads at once. */
public interface SeedImages {

    /** Those that come with the model, in the order in which people should see them. */
    List<SeedImage> all();

    /**
     * What a recipe can name: all of those, and the pictures that the operator has added. Listeners' own can be named too, but
     * only by those who know their ids.
     */
    List<String> ids();

    /** Whether a recipe can name it. */
    boolean has(String id);

    /** The picture as a PNG file, or nothing if there is no seed image of this id. */
    Optional<EncodedMedia> picture(String id);

    /**
     * What the picture sounds like, once from its first column to its last, as a WAV file; or nothing if there is no
     * seed image of this id. The first time it takes about as long as to turn a clip into sound.
     */
    Optional<EncodedMedia> sound(String id);
}
