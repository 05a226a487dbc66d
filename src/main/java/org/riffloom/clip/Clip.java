package org.riffloom.clip;

import java.time.Duration;
import org.riffloom.prompt.Interpolation;

/**
 * A few seconds of music, with the picture that it was made from.
 *
 * @param id its name
 * @param recipe what it was made from
 * @param audio exactly {@code seconds} of sound, to be laid end to end with its neighbours in a stream
 * @param image the spectrogram, one column per hop
 * @param seconds how long it sounds
 * @param imageOffsetSeconds how long after the first sample the first column of the image sounds
 * @param making how long it took to make
 * @param after what the sound of its stream goes on from; {@link StreamState#SILENCE} for a clip that stands alone
 */
public record Clip(
        ClipId id,
        Interpolation recipe,
        EncodedMedia audio,
        EncodedMedia image,
        double seconds,
        double imageOffsetSeconds,
        Duration making,
        StreamState after) {

    /** A clip that stands alone. */
    public Clip(
            ClipId id,
            Interpolation recipe,
            EncodedMedia audio,
            EncodedMedia image,
            double seconds,
            double imageOffsetSeconds,
            Duration making) {
        this(id, recipe, audio, image, seconds, imageOffsetSeconds, making, StreamState.SILENCE);
    }
}
