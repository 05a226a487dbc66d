package org.riffloom.spectrogram;

import java.util.Arrays;

/**
 * Magnitudes over mel bands and time, on the scale of 16-bit samples (a full-scale sound has samples of ±32768), as in
 * Riffusion.
 *
 * @param parameters of the analysis
 * @param frames number of columns
 * @param magnitudes for each channel {@code frames · bands} values, none below 0; band {@code b} of frame {@code t} is
 *     at {@code t · bands + b}, band 0 the lowest
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data, never compared
public record MelSpectrogram(SpectrogramParameters parameters, int frames, float[][] magnitudes) {

    /** @throws IllegalArgumentException if the arrays do not have the shape that the parameters ask for */
    public MelSpectrogram {
        if (frames < 1 || magnitudes.length != parameters.channels()) {
            throw new IllegalArgumentException("A spectrogram of " + frames + " frames and " + magnitudes.length
                    + " channels, but " + parameters.channels() + " channels and at least one frame are needed.");
        }
        for (float[] channel : magnitudes) {
            if (channel.length != (long) frames * parameters.bands()) {
                throw new IllegalArgumentException("A channel of " + channel.length + " magnitudes, but " + frames
                        + " frames of " + parameters.bands() + " bands are needed.");
            }
        }
    }

    /** The largest magnitude of all. */
    public float maximum() {
        float maximum = 0;
        for (float[] channel : magnitudes) {
            for (float magnitude : channel) {
                maximum = Math.max(maximum, magnitude);
            }
        }
        return maximum;
    }

    /** The frames from {@code from} to {@code to}, exclusive, as a copy. */
    public MelSpectrogram slice(int from, int to) {
        int bands = parameters.bands();
        float[][] part = new float[magnitudes.length][];
        for (int c = 0; c < part.length; c++) {
            part[c] = Arrays.copyOfRange(magnitudes[c], from * bands, to * bands);
        }
        return new MelSpectrogram(parameters, to - from, part);
    }
}
