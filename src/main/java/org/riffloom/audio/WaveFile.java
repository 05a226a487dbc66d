package org.riffloom.audio;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A WAV file that grows; its head is written again when its length is known. */
final class WaveFile implements SoundWriter {

    private final Path file;
    private final int sampleRate;
    private final int channels;
    private final int bits;
    private final SoundTags tags;
    private final OutputStream out;
    private long length;

    /** @param bits of a sample: 16 or 24 */
    WaveFile(Path file, int sampleRate, int channels, int bits, SoundTags tags) throws IOException {
        this.file = file;
        this.sampleRate = sampleRate;
        this.channels = channels;
        this.bits = bits;
        this.tags = tags;
        this.out = new BufferedOutputStream(Files.newOutputStream(file));
        out.write(head());
    }

    private byte[] head() throws IOException {
        return WaveWriter.head(sampleRate, channels, bits, length, tags);
    }

    @Override
    public void write(Waveform piece) throws IOException {
        length += piece.length();
        // Whoever waited for hours should not learn at the end that it was too long.
        head();
        WaveWriter.writeSamples(piece, bits, out);
    }

    @Override
    public void finish() throws IOException {
        out.write(new byte[WaveWriter.padding(channels, bits, length)]);
        out.close();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(head()), 0);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
