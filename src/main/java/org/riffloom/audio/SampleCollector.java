package org.riffloom.audio;

import java.util.Arrays;

/** Samples of all channels as they come out of a file, up to a limit: memory grows with what has come. */
final class SampleCollector {

    private final String name;
    private final int maxLength;
    private final float[][] channels;
    private int length;

    /**
     * @param name of the file, for messages
     * @param maxSamples over all channels
     */
    SampleCollector(String name, int channels, long maxSamples) {
        this.name = name;
        this.maxLength = (int) Math.min(maxSamples / channels, Integer.MAX_VALUE - 8);
        this.channels = new float[channels][0];
    }

    /** @throws UnreadableSoundException if that many samples of each channel, in all, are too many */
    void expect(long total) throws UnreadableSoundException {
        if (total > maxLength) {
            throw new UnreadableSoundException(
                    name,
                    "it is too long; at most " + maxLength + " samples of " + channels.length
                            + (channels.length == 1 ? " channel" : " channels") + " are read.");
        }
    }

    /**
     * Makes room for samples, which the caller then sets from index {@link #length()} less {@code count} on.
     *
     * @return the channels
     * @throws UnreadableSoundException if they are too many
     */
    float[][] grow(int count) throws UnreadableSoundException {
        expect((long) length + count);
        length += count;
        if (length > channels[0].length) {
            int capacity = (int) Math.min(maxLength, Math.max(length, channels[0].length * 3L / 2));
            for (int c = 0; c < channels.length; c++) {
                channels[c] = Arrays.copyOf(channels[c], capacity);
            }
        }
        return channels;
    }

    /** Samples of each channel that have come. */
    int length() {
        return length;
    }

    /**
     * All that has come.
     *
     * @throws UnreadableSoundException if that is nothing, or not all of it is finite numbers
     */
    Waveform waveform(int sampleRate) throws UnreadableSoundException {
        return waveform(sampleRate, 0, length);
    }

    /** A part of what has come. */
    Waveform waveform(int sampleRate, int from, int to) throws UnreadableSoundException {
        if (to <= from) {
            throw new UnreadableSoundException(name, "it has no samples.");
        }
        for (int c = 0; c < channels.length; c++) {
            if (from > 0 || to < channels[c].length) {
                channels[c] = Arrays.copyOfRange(channels[c], from, to);
            }
            for (float sample : channels[c]) {
                if (!Float.isFinite(sample)) {
                    throw new UnreadableSoundException(name, "it has samples that are not finite numbers.");
                }
            }
        }
        return new Waveform(sampleRate, channels);
    }
}
