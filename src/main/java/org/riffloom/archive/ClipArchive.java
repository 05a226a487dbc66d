package org.riffloom.archive;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.riffloom.archive.ArchivedClip.Origin;
import org.riffloom.clip.Clip;
import org.riffloom.clip.ClipId;
import org.riffloom.clip.StreamState;

/**
 * Where clips and links are kept. Safe for use by several threads. What a method that has returned has stored is there
 * after the process was killed.
 */
public interface ClipArchive {

    /** A link may lead to so many clips, about a minute. */
    int MAX_CLIPS = 12;

    /** Keeps a clip until the sweep after its time, or for as long as a link leads to it. Does nothing if it is there. */
    void keep(Clip clip, Origin origin, Instant heardAt);

    /**
     * What sharing comes to.
     */
    sealed interface Shared {

        /**
         * The clips are kept for as long as the link is.
         *
         * @param owner takes the link back; told this once
         */
        record Done(LinkId link, OwnerKey owner) implements Shared {}

        /** Some clips are not in the archive, or not any more. */
        record Gone(List<ClipId> clips) implements Shared {}

        /**
         * There is no room for more shared clips.
         *
         * @param limit for all of them, in bytes
         */
        record Full(long limit) implements Shared {}
    }

    /**
     * Makes a link to clips.
     *
     * @param clips 1 to {@value #MAX_CLIPS}, all different, in the order that they are heard in
     */
    Shared share(List<ClipId> clips, Instant now);

    /** A link, if there is one of this name. */
    Optional<SharedLink> link(LinkId id);

    /** A clip, if there is one of this name. */
    Optional<ArchivedClip> clip(ClipId id);

    /** The file with a clip's sound: FLAC, with exactly the samples that were heard. */
    Path sound(ArchivedClip clip);

    /** The file with a clip's picture: PNG. */
    Path picture(ArchivedClip clip);

    /**
     * What the sound of a clip's stream goes on from after it; {@link StreamState#SILENCE} where that was not kept, or cannot
     * be read.
     */
    StreamState state(ArchivedClip clip);

    /**
     * Removes a link. Its clips stay for as long as they would have without it.
     *
     * @return whether there was such a link, and it was this owner's
     */
    boolean remove(LinkId id, OwnerKey owner);

    /** The ids of listeners' own seed images that the recipes of its clips name. */
    Set<String> ownSeedImages();

    /**
     * What a sweep has done.
     *
     * @param clips that were forgotten
     * @param files that were deleted, those that belonged to nothing included
     */
    record Swept(int clips, int files) {}

    /** Forgets clips whose time is over, those that take too much room, oldest first, and files that belong to nothing. */
    Swept sweep(Instant now);
}
