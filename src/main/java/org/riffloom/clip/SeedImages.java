package org.riffloom.clip;

import java.util.List;

/** The seed images that there are. */
@FunctionalInterface
public interface SeedImages {

    /** All of them, in the order in which people should see them. */
    List<SeedImage> all();
}
