package org.riffloom.audio;

import java.util.Arrays;

/** Keeps all samples of a sound, up to a limit: memory grows with what has come. */
final class SampleCollector implements SoundSink {

    private final String name;
    private final long maxSamples;
    private int maxLength;
    private int sampleRate;
    private float[][] channels = new float[0][];
    private int length;

    /**
     * @param name of the file, for messages
     * @param maxSamples over all channels
     */
    SampleCollector(String name, long maxSamples) {
        this.name = name;
        this.maxSamples = maxSamples;
    }

    @Override
    public void begin(int rate, int count, long told) throws SoundTooLongException {
        sampleRate = rate;
        maxLength = (int) Math.min(maxSamples / count, Integer.MAX_VALUE - 8);
        channels = new float[count][0];
        expect(told);
    }

    /** @throws SoundTooLongException if they are too many */
    @Override
    public void write(float[][] samples, int from, int to) throws SoundTooLongException {
        int count = to - from;
        expect((long) length + count);
        if (length + count > channels[0].length) {
            int capacity = (int) Math.min(maxLength, Math.max(length + count, channels[0].length * 3L / 2));
            for (int c = 0; c < channels.length; c++) {
                channels[c] = Arrays.copyOf(channels[c], capacity);
            }
        }
        for (int c = 0; c < channels.length; c++) {
            System.arraycopy(samples[c], from, channels[c], length, count);
        }
        length += count;
    }

    private void expect(long total) throws SoundTooLongException {
        if (total > maxLength) {
            throw new SoundTooLongException(
                    name,
                    "it is too long; at most " + maxLength + " samples of " + channels.length
                            + (channels.length == 1 ? " channel" : " channels") + " are read.");
        }
    }

    /** All that has come, at least a sample. */
    Waveform waveform() {
        for (int c = 0; c < channels.length; c++) {
            if (length < channels[c].length) {
                channels[c] = Arrays.copyOf(channels[c], length);
            }
        }
        return new Waveform(sampleRate, channels);
    }
}
