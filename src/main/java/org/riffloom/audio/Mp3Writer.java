package org.riffloom.audio;

import de.sciss.jump3r.lowlevel.LameEncoder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Set;
import javax.sound.sampled.AudioFormat;

/**
 * Writes MP3 files (ISO/IEC 11172-3, layer III) with a constant bit rate, by LAME's way of doing it. An MP3 file holds
 * whole frames and begins late, so it is longer than its sound; its first frame tells players what to leave out, and
 * those that listen to it play the sound to the sample.
 */
public final class Mp3Writer {

    static final int USUAL_SAMPLE_RATE = 44_100;
    static final Set<Integer> SAMPLE_RATES = Set.of(32_000, USUAL_SAMPLE_RATE, 48_000);

    private static final int MONO_KILOBITS = 128;
    private static final int STEREO_KILOBITS = 192;
    /** Of LAME, 0 to 9: slower is better; above 2 nothing is gained that is heard. */
    private static final int QUALITY = 2;

    private Mp3Writer() {}

    /**
     * Encodes a sound at 128 kbit/s, or 192 kbit/s in stereo: about 80 or 120 kB for a clip. LAME takes up to 0.5 dB off,
     * so that what its losses add to the peaks does not clip.
     *
     * @throws IllegalArgumentException unless it has a sample, and one channel or two at 32, 44.1 or 48 kHz
     */
    public static byte[] encode(Waveform sound) {
        return encode(sound, SoundTags.NONE);
    }

    /** The same with tags before the first frame. */
    public static byte[] encode(Waveform sound, SoundTags tags) {
        int channels = sound.channels().length;
        if (sound.length() == 0) {
            throw new IllegalArgumentException("An MP3 file of no sound has no frame to say so in.");
        }
        if (channels > 2 || !SAMPLE_RATES.contains(sound.sampleRate())) {
            throw new IllegalArgumentException("An MP3 file has one channel or two at 32, 44.1 or 48 kHz, not "
                    + channels + " at " + sound.sampleRate() + " Hz.");
        }
        byte[] frames = frames(sound);
        Mp3Header header = Mp3Header.at(frames, 0);
        int first = header.frameBytes();
        InfoTag.write(
                frames,
                header,
                InfoTag.Frames.of(new ByteArrayInputStream(frames, first, frames.length - first)),
                sound.length());
        byte[] tag = Id3Tag.of(tags);
        return ByteBuffer.allocate(tag.length + frames.length)
                .put(tag)
                .put(frames)
                .array();
    }

    static LameEncoder encoder(int sampleRate, int channels) {
        boolean mono = channels == 1;
        return new LameEncoder(
                new AudioFormat(sampleRate, Short.SIZE, channels, true, false),
                mono ? MONO_KILOBITS : STEREO_KILOBITS,
                mono ? LameEncoder.CHANNEL_MODE_MONO : LameEncoder.CHANNEL_MODE_JOINT_STEREO,
                QUALITY,
                false);
    }

    /** The first of them is empty: LAME leaves a place for the tag. */
    private static byte[] frames(Waveform sound) {
        LameEncoder encoder = encoder(sound.sampleRate(), sound.channels().length);
        try {
            byte[] samples = Pcm.of(sound, 0, sound.length(), Short.SIZE);
            byte[] encoded = new byte[encoder.getMP3BufferSize()];
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (int at = 0; at < samples.length; at += encoder.getPCMBufferSize()) {
                int length = Math.min(encoder.getPCMBufferSize(), samples.length - at);
                out.write(encoded, 0, encoder.encodeBuffer(samples, at, length, encoded));
            }
            out.write(encoded, 0, encoder.encodeFinish(encoded));
            return out.toByteArray();
        } finally {
            encoder.close();
        }
    }
}
