package org.riffloom.inference;

import java.util.List;
import java.util.Optional;
import org.riffloom.clip.EncodedMedia;
import org.riffloom.clip.SeedImage;
import org.riffloom.clip.SeedImages;

/** Of a model without any. */
public final class NoSeedImages implements SeedImages {

    @Override
    public List<SeedImage> all() {
        return List.of();
    }

    @Override
    public List<String> ids() {
        return List.of();
    }

    @Override
    public boolean has(String id) {
        return false;
    }

    @Override
    public Optional<EncodedMedia> picture(String id) {
        return Optional.empty();
    }

    @Override
    public Optional<EncodedMedia> sound(String id) {
        return Optional.empty();
    }
}
