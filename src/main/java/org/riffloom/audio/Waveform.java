package org.riffloom.audio;

import java.util.Arrays;
import java.util.List;

/**
 * Sound in memory.
 *
 * @param sampleRate in Hz
 * @param channels one array of samples for each channel, of equal lengths; full scale is −1 to 1, though values beyond
 *     it are kept until they are written to a file
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data, never compared
public record Waveform(int sampleRate, float[][] channels) {

    /** @throws IllegalArgumentException if there is no channel, or if their lengths differ */
    public Waveform {
        if (sampleRate < 1 || channels.length == 0) {
            throw new IllegalArgumentException(
                    "A waveform of " + channels.length + " channels at " + sampleRate + " Hz is none.");
        }
        for (float[] channel : channels) {
            if (channel.length != channels[0].length) {
                throw new IllegalArgumentException("The channels of a waveform have different lengths, "
                        + channels[0].length + " and " + channel.length + ".");
            }
        }
    }

    /** Samples in each channel. */
    public int length() {
        return channels[0].length;
    }

    /** Duration in seconds. */
    public double seconds() {
        return (double) length() / sampleRate;
    }

    /**
     * Sounds laid end to end.
     *
     * @param sounds at least one, all with the rate and the number of channels of the first
     */
    public static Waveform endToEnd(List<Waveform> sounds) {
        Waveform first = sounds.get(0);
        float[][] all = new float[first.channels.length]
                [sounds.stream().mapToInt(Waveform::length).sum()];
        int at = 0;
        for (Waveform sound : sounds) {
            if (sound.sampleRate != first.sampleRate || sound.channels.length != all.length) {
                throw new IllegalArgumentException("Sounds of different formats cannot be laid end to end.");
            }
            for (int c = 0; c < all.length; c++) {
                System.arraycopy(sound.channels[c], 0, all[c], at, sound.length());
            }
            at += sound.length();
        }
        return new Waveform(first.sampleRate, all);
    }

    /** The samples from {@code from} to {@code to}, exclusive, as a copy; silence beyond the end. */
    public Waveform slice(int from, int to) {
        float[][] part = new float[channels.length][];
        for (int c = 0; c < part.length; c++) {
            part[c] = Arrays.copyOfRange(channels[c], from, to);
        }
        return new Waveform(sampleRate, part);
    }

    /** The same at another rate: {@code ⌈length · rate / sampleRate⌉} samples. */
    public Waveform withSampleRate(int rate) {
        if (rate == sampleRate) {
            return this;
        }
        PolyphaseFilter filter = PolyphaseFilter.between(sampleRate, rate);
        float[][] resampled = new float[channels.length][];
        for (int c = 0; c < channels.length; c++) {
            resampled[c] = Resampler.resample(channels[c], filter);
        }
        return new Waveform(rate, resampled);
    }

    /** The same with one channel, the mean of all, or with two: the first two, or the only one twice. */
    public Waveform withChannels(int count) {
        if (count == channels.length) {
            return this;
        }
        if (count == 2) {
            return new Waveform(sampleRate, new float[][] {channels[0], channels[channels.length > 1 ? 1 : 0]});
        }
        if (count != 1) {
            throw new IllegalArgumentException("A waveform can be mixed to one channel or two, not to " + count + ".");
        }
        float[] mean = new float[length()];
        for (float[] channel : channels) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += channel[i] / channels.length;
            }
        }
        return new Waveform(sampleRate, new float[][] {mean});
    }
}
