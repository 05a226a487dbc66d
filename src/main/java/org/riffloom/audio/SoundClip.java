package org.riffloom.audio;

import java.io.IOException;

/**
 * A part of a sound.
 *
 * @param number among the clips of one sound, from 0 on, in the order in which their places were drawn
 * @param startMillis where it begins
 * @param sound at the sample rate and with the channels of the whole
 */
public record SoundClip(int number, long startMillis, Waveform sound) {

    /** Takes clips as they are cut. */
    @FunctionalInterface
    public interface Taker {

        /**
         * Takes the next one.
         *
         * @throws IOException to cut no more of them
         */
        void take(SoundClip clip) throws IOException;
    }
}
