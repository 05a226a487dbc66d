package org.riffloom.clip;

import java.util.List;
import java.util.Optional;

/** The masks that there are: white where a seed image is painted anew, black where it is kept. */
public interface MaskImages {

    /** What a recipe can name: those that come with the model, and the pictures that the operator has added. */
    List<String> ids();

    /** Whether a recipe can name it. */
    boolean has(String id);

    /** The picture as a PNG file, or nothing if no mask of this id comes with the model. */
    Optional<EncodedMedia> picture(String id);
}
