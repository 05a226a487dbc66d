package org.riffloom.clip;

import java.nio.ByteBuffer;

/**
 * A sound or a picture as the bytes of a file.
 *
 * @param mediaType such as {@code audio/wav}
 * @param bytes the whole file; every caller gets a read-only view with a position of its own
 */
public record EncodedMedia(String mediaType, ByteBuffer bytes) {

    public EncodedMedia {
        bytes = bytes.asReadOnlyBuffer();
    }

    /** Takes over an array, which must not be changed afterwards. */
    public static EncodedMedia of(String mediaType, byte[] bytes) {
        return new EncodedMedia(mediaType, ByteBuffer.wrap(bytes));
    }

    @Override
    public ByteBuffer bytes() {
        return bytes.duplicate();
    }

    /** The number of bytes. */
    public int size() {
        return bytes.remaining();
    }
}
