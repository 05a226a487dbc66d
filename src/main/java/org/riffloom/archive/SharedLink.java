package org.riffloom.archive;

import java.time.Instant;
import java.util.List;

/**
 * A link that somebody shared.
 *
 * @param id its name
 * @param madeAt when it was shared
 * @param clips that it leads to, at least one, in the order they were heard in
 */
public record SharedLink(LinkId id, Instant madeAt, List<ArchivedClip> clips) {

    public SharedLink {
        clips = List.copyOf(clips);
    }

    /** The clip that is heard last. */
    public ArchivedClip last() {
        return clips.get(clips.size() - 1);
    }

    /** How long it sounds. */
    public double seconds() {
        return clips.stream().mapToDouble(ArchivedClip::seconds).sum();
    }
}
