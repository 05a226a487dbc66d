package org.riffloom.audio;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/** MP3 files as a player hears them that heeds what the first frame says: decoded by JLayer. */
public final class Mp3Sound {

    /** Samples by which every decoder's filter bank comes late. */
    private static final int DECODER_DELAY = 529;

    private static final int FRAME = 1152;
    private static final int TAG_FIELDS = 4 + 4 + 4 + 4 + 100 + 4;
    private static final int DELAYS = 9 + 1 + 1 + 4 + 2 + 2 + 1 + 1;

    private Mp3Sound() {}

    /** Samples of each channel that are in the file, with those that are not of the sound. */
    public static Waveform decodeAll(byte[] file) throws IOException {
        try (AudioInputStream in = AudioSystem.getAudioInputStream(new ByteArrayInputStream(file))) {
            AudioFormat coded = in.getFormat();
            AudioFormat wanted = new AudioFormat(coded.getSampleRate(), 16, coded.getChannels(), true, false);
            try (AudioInputStream samples = AudioSystem.getAudioInputStream(wanted, in)) {
                return waveform(samples.readAllBytes(), coded);
            }
        } catch (UnsupportedAudioFileException e) {
            throw new IOException(e);
        }
    }

    private static Waveform waveform(byte[] bytes, AudioFormat format) {
        ByteBuffer samples = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        float[][] channels = new float[format.getChannels()][bytes.length / 2 / format.getChannels()];
        for (int i = 0; i < channels[0].length; i++) {
            for (float[] channel : channels) {
                channel[i] = samples.getShort() / 32768f;
            }
        }
        return new Waveform(Math.round(format.getSampleRate()), channels);
    }

    /** The sound alone. */
    public static Waveform decode(byte[] file) throws IOException {
        Waveform all = decodeAll(file);
        int tag = new String(file, 0, 200, StandardCharsets.ISO_8859_1).indexOf("Info");
        int at = tag + TAG_FIELDS + DELAYS;
        int delay = (file[at] & 0xFF) << 4 | (file[at + 1] & 0xFF) >> 4;
        int padding = (file[at + 1] & 0xF) << 8 | (file[at + 2] & 0xFF);
        int frames = ByteBuffer.wrap(file).getInt(tag + 8);
        int from = FRAME + delay + DECODER_DELAY;
        int length = frames * FRAME - delay - padding;
        float[][] channels = new float[all.channels().length][];
        for (int c = 0; c < channels.length; c++) {
            channels[c] = Arrays.copyOfRange(all.channels()[c], from, from + length);
        }
        return new Waveform(all.sampleRate(), channels);
    }
}
