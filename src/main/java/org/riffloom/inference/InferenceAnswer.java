package org.riffloom.inference;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Base64;
import org.riffloom.clip.Clip;
import org.riffloom.clip.EncodedMedia;

/**
 * A clip in Riffusion's words.
 *
 * @param image the spectrogram, as a data URL
 * @param audio the sound, as a data URL
 * @param seconds how long it sounds
 */
record InferenceAnswer(
        String image,
        String audio,
        @JsonProperty("duration_s") double seconds) {

    static InferenceAnswer of(Clip clip) {
        return new InferenceAnswer(dataUrl(clip.image()), dataUrl(clip.audio()), clip.seconds());
    }

    private static String dataUrl(EncodedMedia media) {
        return "data:" + media.mediaType() + ";base64," + Base64.getEncoder().encodeToString(media.toArray());
    }
}
