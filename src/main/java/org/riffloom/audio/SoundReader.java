package org.riffloom.audio;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

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
        SampleCollector samples = new SampleCollector(name, maxSamples);
        stream(in, name, samples);
        return samples.waveform();
    }

    /**
     * Reads a file of any length, and hands its samples on while it does. What is wrong behind them comes out late: a sink
     * must be ready to have taken a sound that is then refused.
     *
     * @param name what to call it in messages
     * @param sink takes at least a sample, and finite ones alone
     * @throws UnreadableSoundException if it is damaged, or of no kind that is known
     * @throws IOException if it cannot be opened or read, or if the sink throws it
     */
    public static void stream(Path file, String name, SoundSink sink) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            stream(in, name, sink);
        }
    }

    private static void stream(InputStream in, String name, SoundSink sink) throws IOException {
        WatchedSink watched = new WatchedSink(sink);
        try {
            decode(new BufferedInputStream(in, PEEKED_BYTES), name, watched);
        } catch (EOFException e) {
            throw new UnreadableSoundException(name, "it is cut short.", e);
        } catch (RuntimeException | AssertionError e) {
            if (watched.failure != null) {
                throw watched.failure;
            }
            // Decoders of others trip over what is damaged in ways of their own.
            throw new UnreadableSoundException(name, "it is damaged.", e);
        }
    }

    /** Tells what goes wrong in a sink from what goes wrong in a decoder. */
    private static final class WatchedSink implements SoundSink {

        private final SoundSink sink;
        private @Nullable RuntimeException failure;

        WatchedSink(SoundSink sink) {
            this.sink = sink;
        }

        @Override
        public void begin(int sampleRate, int channels, long told) throws IOException {
            try {
                sink.begin(sampleRate, channels, told);
            } catch (RuntimeException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public void write(float[][] samples, int from, int to) throws IOException {
            try {
                sink.write(samples, from, to);
            } catch (RuntimeException e) {
                failure = e;
                throw e;
            }
        }
    }

    private static void decode(InputStream in, String name, SoundSink sink) throws IOException {
        Id3Tag.skip(in);
        in.mark(PEEKED_BYTES);
        byte[] beginning = in.readNBytes(PEEKED_BYTES);
        in.reset();
        if (beginning.length == 0) {
            throw new UnreadableSoundException(name, "it is empty.");
        }
        if (startsWith(beginning, "RIFF")) {
            WaveReader.read(in, name, sink);
            return;
        }
        if (startsWith(beginning, "fLaC")) {
            FlacReader.read(in, name, sink);
            return;
        }
        if (startsWith(beginning, "OggS")) {
            OggSound.read(in, name, sink);
            return;
        }
        OptionalInt frame = Mp3Frames.find(beginning);
        if (frame.isPresent()) {
            in.skipNBytes(frame.getAsInt());
            Mp3Reader.read(in, name, sink);
            return;
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
