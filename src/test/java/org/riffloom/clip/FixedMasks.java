package org.riffloom.clip;

import java.util.List;
import java.util.Optional;

/** Masks that can be named, and are nowhere. */
public record FixedMasks(List<String> ids) implements MaskImages {

    @Override
    public boolean has(String id) {
        return ids.contains(id);
    }

    @Override
    public Optional<EncodedMedia> picture(String id) {
        return Optional.empty();
    }
}
