package org.riffloom.audio;

import java.io.IOException;

/** Takes a sound while it is decoded, so that one of hours needs no more memory than one of seconds. */
public interface SoundSink {

    /**
     * Comes first, and once.
     *
     * @param sampleRate in Hz
     * @param channels 1 to 8
     * @param told samples of each channel that the file says it has; 0 if it does not say, and not to be believed
     * @throws IOException to read no further
     */
    void begin(int sampleRate, int channels, long told) throws IOException;

    /**
     * Takes what comes next.
     *
     * @param samples one array for each channel, which the sink must not keep
     * @param from index of the first one
     * @param to index after the last one
     * @throws IOException to read no further
     */
    void write(float[][] samples, int from, int to) throws IOException;
}
