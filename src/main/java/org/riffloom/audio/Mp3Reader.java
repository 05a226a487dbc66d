package org.riffloom.audio;

import java.io.IOException;
import java.io.InputStream;
import javazoom.jl.decoder.Bitstream;
import javazoom.jl.decoder.Decoder;
import javazoom.jl.decoder.Header;
import javazoom.jl.decoder.JavaLayerException;
import javazoom.jl.decoder.SampleBuffer;

/**
 * Reads MP3 files. Where the first frame tells what is not of the sound, it is left out, and all frames that it tells of
 * must be there; else the sound is all that comes out of the decoder.
 */
final class Mp3Reader {

    /** Samples by which the decoder's own filter bank comes late. */
    private static final int DECODER_DELAY = 529;

    private static final float FULL_SCALE = 32768;

    private Mp3Reader() {}

    /**
     * Reads a stream from its first frame on.
     *
     * @throws UnreadableSoundException if it is damaged, cut short or too long
     */
    static Waveform read(InputStream in, String name, long maxSamples) throws IOException {
        Mp3Frames frames = new Mp3Frames(in, name);
        InfoTag.Told told = frames.told();
        Mp3Header format = frames.first();
        SampleCollector samples = new SampleCollector(name, format.channels(), maxSamples);
        samples.expect((long) told.frames() * format.samples());
        decode(frames, samples, name);
        // Some programs count the frame that tells, too.
        if (frames.frames() + 1 < told.frames()) {
            throw new UnreadableSoundException(
                    name,
                    "it is cut short; it says it has " + told.frames() + " frames, and has " + frames.frames() + ".");
        }
        int from = 0;
        int to = samples.length();
        if (told.delay() >= 0) {
            from = told.delay() + DECODER_DELAY;
            to = Math.min(to, Math.max(from, to - told.padding() + DECODER_DELAY));
        }
        return samples.waveform(format.sampleRate(), from, to);
    }

    private static void decode(Mp3Frames frames, SampleCollector samples, String name) throws IOException {
        Bitstream bitstream = new Bitstream(frames);
        Decoder decoder = new Decoder();
        try {
            Header header = bitstream.readFrame();
            while (header != null) {
                add((SampleBuffer) decoder.decodeFrame(header, bitstream), samples);
                bitstream.closeFrame();
                header = bitstream.readFrame();
            }
        } catch (JavaLayerException e) {
            if (e.getException() instanceof UnreadableSoundException unreadable) {
                throw unreadable;
            }
            throw new UnreadableSoundException(name, "it is damaged; a frame cannot be decoded.", e);
        }
    }

    private static void add(SampleBuffer decoded, SampleCollector samples) throws UnreadableSoundException {
        int at = samples.length();
        int channels = decoded.getChannelCount();
        int count = decoded.getBufferLength() / channels;
        float[][] to = samples.grow(count);
        for (int i = 0; i < count; i++) {
            for (int c = 0; c < channels; c++) {
                to[c][at + i] = decoded.getBuffer()[i * channels + c] / FULL_SCALE;
            }
        }
    }
}
