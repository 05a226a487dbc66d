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
     * @throws UnreadableSoundException if it is damaged or cut short
     */
    static void read(InputStream in, String name, SoundSink sink) throws IOException {
        Mp3Frames frames = new Mp3Frames(in, name);
        InfoTag.Told told = frames.told();
        Mp3Header format = frames.first();
        SampleOutput samples = new SampleOutput(
                name, format.sampleRate(), format.channels(), (long) told.frames() * format.samples(), sink);
        int behind = 0;
        if (told.delay() >= 0) {
            samples.skip(told.delay() + DECODER_DELAY);
            behind = Math.max(0, told.padding() - DECODER_DELAY);
        }
        samples.hold(behind);
        decode(frames, samples, name);
        // Some programs count the frame that tells, too.
        if (frames.frames() + 1 < told.frames()) {
            throw new UnreadableSoundException(
                    name,
                    "it is cut short; it says it has " + told.frames() + " frames, and has " + frames.frames() + ".");
        }
        samples.finish(Math.max(0, samples.length() - behind));
    }

    private static void decode(Mp3Frames frames, SampleOutput samples, String name) throws IOException {
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

    private static void add(SampleBuffer decoded, SampleOutput samples) throws IOException {
        int channels = decoded.getChannelCount();
        int count = decoded.getBufferLength() / channels;
        float[][] to = samples.grow(count);
        int at = samples.at();
        for (int i = 0; i < count; i++) {
            for (int c = 0; c < channels; c++) {
                to[c][at + i] = decoded.getBuffer()[i * channels + c] / FULL_SCALE;
            }
        }
    }
}
