package org.riffloom.audio;

import de.sciss.jump3r.lowlevel.LameEncoder;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** An MP3 file that grows; what its first frame tells of the others is written when all are there. */
final class Mp3File implements SoundWriter {

    private final Path file;
    private final LameEncoder encoder;
    private final OutputStream out;
    private final int tagBytes;
    private final int chunk;
    private final byte[] encoded;
    private long length;

    Mp3File(Path file, int sampleRate, int channels, SoundTags tags) throws IOException {
        this.file = file;
        this.encoder = Mp3Writer.encoder(sampleRate, channels);
        this.encoded = new byte[encoder.getMP3BufferSize()];
        this.chunk = encoder.getPCMBufferSize() / (Short.BYTES * channels);
        this.out = new BufferedOutputStream(Files.newOutputStream(file));
        byte[] tag = Id3Tag.of(tags);
        this.tagBytes = tag.length;
        out.write(tag);
    }

    @Override
    public void write(Waveform piece) throws IOException {
        for (int at = 0; at < piece.length(); at += chunk) {
            byte[] samples = Pcm.of(piece, at, Math.min(piece.length(), at + chunk), Short.SIZE);
            out.write(encoded, 0, encoder.encodeBuffer(samples, 0, samples.length, encoded));
        }
        length += piece.length();
    }

    @Override
    public void finish() throws IOException {
        out.write(encoded, 0, encoder.encodeFinish(encoded));
        out.close();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            in.skipNBytes(tagBytes);
            byte[] begin = in.readNBytes(Mp3Header.BYTES);
            Mp3Header header = Mp3Header.at(begin, 0);
            byte[] first = new byte[header.frameBytes()];
            System.arraycopy(begin, 0, first, 0, begin.length);
            in.readNBytes(first, begin.length, first.length - begin.length);
            InfoTag.write(first, header, InfoTag.Frames.of(in), length);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(first), tagBytes);
            }
        }
    }

    @Override
    public void close() throws IOException {
        encoder.close();
        out.close();
    }
}
