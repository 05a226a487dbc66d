package org.riffloom.clip;

import java.util.Optional;

/** Whoever knows where links lead. Safe for use by several threads. */
@FunctionalInterface
public interface SharedMoments {

    /**
     * The end of what a link leads to.
     *
     * @param link its id, or any other text
     * @return nothing if there is no such link, or not any more
     */
    Optional<Moment> find(String link);
}
