package org.riffloom.archive;

import org.riffloom.clip.ClipId;

/**
 * The name of a shared link, which is also the key to it: 128 random bits that nobody can guess.
 *
 * @param value 22 characters of URL-safe base64
 */
public record LinkId(String value) {

    /** @throws IllegalArgumentException if the value does not have the form of an id */
    public LinkId {
        if (!ClipId.isOne(value)) {
            throw new IllegalArgumentException("A link's id is 22 characters of URL-safe base64.");
        }
    }

    static LinkId random() {
        return new LinkId(ClipId.random().value());
    }

    @Override
    public String toString() {
        return value;
    }
}
