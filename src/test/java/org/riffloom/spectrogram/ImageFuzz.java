package org.riffloom.spectrogram;

import java.io.UncheckedIOException;
import org.riffloom.fuzz.FuzzedFile;

/** Fuzz target: whatever claims to be a spectrogram image is read or refused, and so are its tags. */
public final class ImageFuzz {

    /** What ImageIO takes for itself, however small the file. */
    private static final int READER_SIZE = 1 << 16;

    /** Pixels that come out of a byte, as far as they are more than the bytes that readers of other files make of one. */
    private static final int EXPANSION = 64;

    private ImageFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        FuzzedFile.bounded(() -> read(bytes), EXPANSION * bytes.length + READER_SIZE, UncheckedIOException.class);
    }

    private static void read(byte[] bytes) {
        try {
            SpectrogramImageFile.decode(bytes, "image");
        } catch (UnreadableImageException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }
}
