package org.riffloom.audio;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * Reads sound files of every kind that is known, WAV, FLAC, MP3, Ogg Vorbis and Ogg Opus, and tells them by what is in
 * them, whatever their names are.
 *
 * <p>Memory grows with the samples that do come, up to a limit, and time with the bytes: what a file says about itself is
 * not believed before it has been seen, and tags are passed over unread.
 */
public final class SoundReader {

    private static final int PEEKED_BYTES = 1 << 16;

    private SoundReader() {}

    /**
     * Reads a file of at most {@link WaveReader#DEFAULT_MAX_SAMPLES}.
     *
     * @throws UnreadableSoundException if it is damaged, too long, or of no kind that is known
     * @throws IOException if it cannot be opened or read
     */
    public static Waveform read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString(), WaveReader.DEFAULT_MAX_SAMPLES);
        }
    }

    /**
     * Reads a stream.
     *
     * @param name what to call it in messages
     * @param maxSamples the most samples to accept, over all channels
     * @return the sound at its own sample rate
     * @throws UnreadableSoundException if it is damaged, too long, or of no kind that is known
     * @throws IOException if it cannot be read
     */
    public static Waveform read(InputStream in, String name, long maxSamples) throws IOException {
        try {
            return decode(new BufferedInputStream(in, PEEKED_BYTES), name, maxSamples);
        } catch (EOFException e) {
            throw new UnreadableSoundException(name, "it is cut short.", e);
        } catch (RuntimeException | AssertionError e) {
            // Decoders of others trip over what is damaged in ways of their own.
            throw new UnreadableSoundException(name, "it is damaged.", e);
        }
    }

    private static Waveform decode(InputStream in, String name, long maxSamples) throws IOException {
        Id3Tag.skip(in);
        in.mark(PEEKED_BYTES);
        byte[] beginning = in.readNBytes(PEEKED_BYTES);
        in.reset();
        if (beginning.length == 0) {
            throw new UnreadableSoundException(name, "it is empty.");
        }
        if (startsWith(beginning, "RIFF")) {
            return WaveReader.read(in, name, maxSamples);
        }
        if (startsWith(beginning, "fLaC")) {
            return FlacReader.read(in, name, maxSamples);
        }
        if (startsWith(beginning, "OggS")) {
            return OggSound.read(in, name, maxSamples);
        }
        OptionalInt frame = Mp3Frames.find(beginning);
        if (frame.isPresent()) {
            in.skipNBytes(frame.getAsInt());
            return Mp3Reader.read(in, name, maxSamples);
        }
        throw new UnreadableSoundException(
                name, "it is not a sound file of a known kind: WAV, FLAC, MP3, Ogg Vorbis or Ogg Opus.");
    }

    private static boolean startsWith(byte[] bytes, String magic) {
        for (int i = 0; i < magic.length(); i++) {
            if (i >= bytes.length || bytes[i] != magic.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
