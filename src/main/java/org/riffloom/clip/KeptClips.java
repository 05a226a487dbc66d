package org.riffloom.clip;

import java.util.Set;

/** Whoever keeps clips. Safe for use by several threads. */
@FunctionalInterface
public interface KeptClips {

    /**
     * The ids of listeners' own seed images that recipes of clips name which can still be gone on from: those of the last hour
     * may be missing.
     */
    Set<String> ownSeedImages();
}
