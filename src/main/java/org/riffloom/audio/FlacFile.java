package org.riffloom.audio;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;

/** A FLAC file that grows; its head is written again when its length and its samples' fingerprint are known. */
final class FlacFile implements SoundWriter {

    private final Path file;
    private final int sampleRate;
    private final SoundTags tags;
    private final OutputStream out;
    private final FlacFrame frame;
    private final int[][] block;
    private final MessageDigest digest = FlacWriter.digest();
    private int filled;
    private int frames;
    private long length;

    FlacFile(Path file, int sampleRate, int channels, SoundTags tags) throws IOException {
        this.file = file;
        this.sampleRate = sampleRate;
        this.tags = tags;
        this.frame = new FlacFrame(sampleRate, channels);
        this.block = new int[channels][FlacWriter.BLOCK];
        this.out = new BufferedOutputStream(Files.newOutputStream(file));
        out.write(head(new byte[digest.getDigestLength()]));
    }

    private byte[] head(byte[] fingerprint) throws IOException {
        return FlacWriter.head(sampleRate, block.length, length, fingerprint, tags);
    }

    @Override
    public void write(Waveform piece) throws IOException {
        int at = 0;
        while (at < piece.length()) {
            int count = Math.min(piece.length() - at, FlacWriter.BLOCK - filled);
            digest.update(Pcm.of(piece, at, at + count, FlacFrame.BITS));
            for (int c = 0; c < block.length; c++) {
                for (int i = 0; i < count; i++) {
                    block[c][filled + i] = Pcm.quantize(piece.channels()[c][at + i], FlacFrame.BITS);
                }
            }
            filled += count;
            at += count;
            length += count;
            if (filled == FlacWriter.BLOCK) {
                frame.write(frames++, block, out);
                filled = 0;
            }
        }
    }

    @Override
    public void finish() throws IOException {
        if (filled > 0) {
            int[][] last = new int[block.length][];
            for (int c = 0; c < last.length; c++) {
                last[c] = Arrays.copyOf(block[c], filled);
            }
            frame.write(frames, last, out);
        }
        out.close();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(head(digest.digest())), 0);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
