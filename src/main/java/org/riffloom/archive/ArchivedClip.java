package org.riffloom.archive;

import java.time.Instant;
import org.riffloom.clip.ClipId;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.RiffDirection;

/**
 * What is known of a clip in the archive. Its sound and its picture are {@link ClipArchive#sound} and
 * {@link ClipArchive#picture}.
 *
 * @param id its name
 * @param heardAt when it was made
 * @param origin what it was made from
 * @param seconds how long it sounds
 * @param imageOffsetSeconds how long after the first sample the first column of the picture sounds
 * @param sound SHA-256 of the file with its sound, in hexadecimal digits
 * @param picture likewise
 * @param state likewise, of the file with what its stream goes on from; empty where there is none
 */
public record ArchivedClip(
        ClipId id,
        Instant heardAt,
        Origin origin,
        double seconds,
        double imageOffsetSeconds,
        String sound,
        String picture,
        String state) {

    /**
     * What a clip was made from.
     *
     * @param recipe with the words, seeds and settings
     * @param direction where the riff went from there
     * @param model the name of the model
     * @param fingerprint of its weights, {@link org.riffloom.clip.LoadedModel#fingerprint()}; empty where it is not known
     * @param seedImage fingerprint of the seed image's picture; empty for none, one of the operator's, or
     *     a listener's own, whose id tells it from others
     */
    public record Origin(
            Interpolation recipe, RiffDirection direction, String model, String fingerprint, String seedImage) {}
}
