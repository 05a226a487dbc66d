package org.riffloom.audio;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads WAV files: integers of 8, 16, 24 or 32 bits and floating point of 32 or 64 bits, up to 8 channels.
 *
 * <p>Nothing that a file says about itself is believed before it has been seen: memory grows with the bytes that do
 * arrive, up to a limit.
 */
public final class WaveReader {

    /** The most samples, over all channels, that are read unless told otherwise: 25 minutes of stereo at 44.1 kHz. */
    public static final long DEFAULT_MAX_SAMPLES = 2L * 44_100 * 60 * 25;

    private static final int RIFF = tag("RIFF");
    private static final int WAVE = tag("WAVE");
    private static final int FORMAT = tag("fmt ");
    private static final int DATA = tag("data");
    /** What programs write that cannot go back and fill in the size. */
    private static final long UNKNOWN_SIZE = 0xFFFFFFFFL;

    private static final int MAX_FORMAT_BYTES = 1 << 10;
    private static final int BLOCK_FRAMES = 1 << 13;

    private final InputStream in;
    private final String name;
    private final SoundSink sink;

    private WaveReader(InputStream in, String name, SoundSink sink) {
        this.in = in;
        this.name = name;
        this.sink = sink;
    }

    /**
     * Reads a file of at most {@link #DEFAULT_MAX_SAMPLES}.
     *
     * @throws UnreadableSoundException if it is not a WAV file that is supported, or is damaged
     * @throws IOException if it cannot be opened or read
     */
    public static Waveform read(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return read(in, file.toString(), DEFAULT_MAX_SAMPLES);
        }
    }

    /**
     * Reads a stream.
     *
     * @param name what to call it in messages
     * @param maxSamples the most samples to accept, over all channels
     * @throws UnreadableSoundException if it is not a WAV file that is supported, is damaged or too long
     * @throws IOException if it cannot be read
     */
    public static Waveform read(InputStream in, String name, long maxSamples) throws IOException {
        SampleCollector samples = new SampleCollector(name, maxSamples);
        read(in, name, samples);
        return samples.waveform();
    }

    /** Reads a stream of any length. */
    static void read(InputStream in, String name, SoundSink sink) throws IOException {
        try {
            new WaveReader(in, name, sink).read();
        } catch (EOFException e) {
            throw new UnreadableSoundException(name, "it ends in the middle of its header or before its samples.");
        }
    }

    private void read() throws IOException {
        ByteBuffer header = take(12);
        if (header.getInt(0) != RIFF || header.getInt(8) != WAVE) {
            throw new UnreadableSoundException(name, "it is not a WAV file.");
        }
        WaveFormat format = null;
        while (true) {
            ByteBuffer chunk = take(8);
            long size = Integer.toUnsignedLong(chunk.getInt(4));
            if (chunk.getInt(0) == DATA) {
                if (format == null) {
                    throw new UnreadableSoundException(name, "its samples come before their format.");
                }
                readSamples(format, size);
                return;
            }
            if (chunk.getInt(0) == FORMAT) {
                if (size < 16 || size > MAX_FORMAT_BYTES) {
                    throw new UnreadableSoundException(name, "its format takes " + size + " bytes.");
                }
                format = WaveFormat.parse(take((int) size), name);
                in.skipNBytes(size & 1);
            } else {
                in.skipNBytes(size + (size & 1));
            }
        }
    }

    private void readSamples(WaveFormat format, long size) throws IOException {
        boolean open = size == UNKNOWN_SIZE;
        long claimed = size / format.frameBytes();
        SampleOutput samples = new SampleOutput(name, format.sampleRate(), format.channels(), open ? 0 : claimed, sink);
        ByteBuffer block =
                ByteBuffer.allocate(BLOCK_FRAMES * format.frameBytes()).order(ByteOrder.LITTLE_ENDIAN);
        while (open || samples.length() < claimed) {
            int wanted = open ? BLOCK_FRAMES : (int) Math.min(BLOCK_FRAMES, claimed - samples.length());
            int bytes = in.readNBytes(block.array(), 0, wanted * format.frameBytes());
            int frames = bytes / format.frameBytes();
            decode(format, block, frames, samples);
            if (frames < wanted) {
                if (open) {
                    break;
                }
                throw new UnreadableSoundException(
                        name,
                        "it is cut short; it says it has " + claimed + " samples, and ends after " + samples.length()
                                + ".");
            }
        }
        samples.finish(samples.length());
    }

    private static void decode(WaveFormat format, ByteBuffer block, int frames, SampleOutput samples)
            throws IOException {
        float[][] channels = samples.grow(frames);
        int at = samples.at();
        int sampleBytes = format.bits() / 8;
        for (int c = 0; c < channels.length; c++) {
            for (int i = 0; i < frames; i++) {
                channels[c][at + i] = format.sample(block, i * format.frameBytes() + c * sampleBytes);
            }
        }
    }

    private ByteBuffer take(int bytes) throws IOException {
        byte[] taken = in.readNBytes(bytes);
        if (taken.length < bytes) {
            throw new EOFException();
        }
        return ByteBuffer.wrap(taken).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int tag(String name) {
        return ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
    }
}
