package org.riffloom.audio;

import java.io.Closeable;
import java.io.IOException;

/**
 * Writes a sound to a file piece by piece, so that one of hours needs no more memory than one of seconds.
 *
 * <p>Used by one thread at a time.
 */
public interface SoundWriter extends Closeable {

    /**
     * Appends samples.
     *
     * @param piece with the rate and the channels that the file was opened for
     */
    void write(Waveform piece) throws IOException;

    /**
     * Makes the file whole: without it, what is there after closing is no sound file. Comes once, after a sample at least.
     */
    void finish() throws IOException;

    @Override
    void close() throws IOException;
}
