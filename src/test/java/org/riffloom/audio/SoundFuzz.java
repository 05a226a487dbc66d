package org.riffloom.audio;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.riffloom.fuzz.FuzzedFile;

/**
 * Fuzz target: whatever claims to be a sound file is read or refused. The checks of Ogg's pages are made right first, or
 * nothing would ever come through to what reads the packets.
 */
public final class SoundFuzz {

    private static final int MAX_SAMPLES = 10_000;
    /** What decoders take for themselves, however short the file. */
    private static final int DECODER_SIZE = 1 << 16;

    private SoundFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        OggPages.check(bytes);
        FuzzedFile.bounded(() -> read(bytes), bytes.length + DECODER_SIZE, UncheckedIOException.class);
    }

    private static void read(byte[] bytes) {
        try {
            SoundReader.read(new ByteArrayInputStream(bytes), "sound", MAX_SAMPLES);
        } catch (UnreadableSoundException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        } catch (IOException e) {
            throw new AssertionError("A reader of bytes has nothing else to fail by", e);
        }
    }
}
