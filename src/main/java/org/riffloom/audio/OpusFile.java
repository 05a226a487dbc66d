package org.riffloom.audio;

import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** An Ogg Opus file that grows. */
final class OpusFile implements SoundWriter {

    private final OutputStream out;
    private final RateChange rateChange;
    private final OpusEncoder encoder;
    private final OggWriter pages;
    private final int channels;
    private final short[] samples;
    private final byte[] packet = new byte[OpusWriter.MAX_PACKET_BYTES];
    private int filled;
    private long packets;
    private long length;

    /**
     * @param out closed with this
     * @param told how long the sound will be in the file, for the tags of a loop
     */
    OpusFile(OutputStream out, int sampleRate, int channels, SoundTags tags, long told) throws IOException {
        this.out = out;
        this.channels = channels;
        this.rateChange = new RateChange(sampleRate, OpusWriter.SAMPLE_RATE, channels);
        this.samples = new short[OpusWriter.PACKET_SAMPLES * channels];
        this.pages = new OggWriter(out, OpusWriter.SERIAL);
        try {
            this.encoder = OpusWriter.encoder(channels);
        } catch (OpusException e) {
            throw refused(e);
        }
        byte[] head = OpusWriter.head(channels, encoder.getLookahead(), sampleRate);
        pages.write(head, head.length, 0);
        pages.flush(false);
        byte[] comment = OpusWriter.tags(tags, told);
        pages.write(comment, comment.length, 0);
        pages.flush(false);
    }

    private static IllegalStateException refused(OpusException e) {
        return new IllegalStateException("The encoder refuses what it can do", e);
    }

    @Override
    public void write(Waveform piece) throws IOException {
        append(rateChange.next(piece));
    }

    private void append(Waveform piece) throws IOException {
        length += piece.length();
        for (int i = 0; i < piece.length(); i++) {
            if (filled == OpusWriter.PACKET_SAMPLES) {
                encode((packets + 1) * OpusWriter.PACKET_SAMPLES);
            }
            for (int c = 0; c < channels; c++) {
                samples[filled * channels + c] = (short) Pcm.quantize(piece.channels()[c][i], Short.SIZE);
            }
            filled++;
        }
    }

    /** The last packet of a page stays open until another one comes, since it may be the last of all. */
    private void encode(long end) throws IOException {
        if (packets > 0 && packets % OpusWriter.PAGE_PACKETS == 0) {
            pages.flush(false);
        }
        try {
            int bytes = encoder.encode(samples, 0, OpusWriter.PACKET_SAMPLES, packet, 0, packet.length);
            pages.write(packet, bytes, end);
        } catch (OpusException e) {
            throw refused(e);
        }
        packets++;
        filled = 0;
    }

    /** What is after the sound is silence. */
    @Override
    public void finish() throws IOException {
        append(rateChange.end());
        long end = encoder.getLookahead() + length;
        while (packets * OpusWriter.PACKET_SAMPLES < end) {
            Arrays.fill(samples, filled * channels, samples.length, (short) 0);
            encode(Math.min(end, (packets + 1) * OpusWriter.PACKET_SAMPLES));
        }
        pages.flush(true);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
