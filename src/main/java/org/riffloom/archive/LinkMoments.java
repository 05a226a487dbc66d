package org.riffloom.archive;

import java.util.Optional;
import org.riffloom.clip.ClipId;
import org.riffloom.clip.Moment;
import org.riffloom.clip.SharedMoments;

/** Knows where links lead: to the end of their last clips. */
record LinkMoments(ClipArchive archive) implements SharedMoments {

    @Override
    public Optional<Moment> find(String link) {
        return ClipId.isOne(link) ? archive.link(new LinkId(link)).map(this::end) : Optional.empty();
    }

    private Moment end(SharedLink link) {
        ArchivedClip last = link.last();
        return new Moment(
                last.origin().recipe(), last.origin().direction(), last.origin().fingerprint(), archive.state(last));
    }
}
