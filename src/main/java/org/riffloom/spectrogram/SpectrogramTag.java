package org.riffloom.spectrogram;

import java.util.EnumMap;
import java.util.Map;

/** The EXIF tags by which Riffusion's images tell what they mean. */
public enum SpectrogramTag {
    SAMPLE_RATE(11000),
    STEREO(11005),
    STEP_SIZE_MS(11010),
    WINDOW_DURATION_MS(11020),
    PADDED_DURATION_MS(11030),
    NUM_FREQUENCIES(11040),
    MIN_FREQUENCY(11050),
    MAX_FREQUENCY(11060),
    POWER_FOR_IMAGE(11070),
    MAX_VALUE(11080);

    private final int id;

    SpectrogramTag(int id) {
        this.id = id;
    }

    /** The tag's number in an EXIF directory. */
    public int id() {
        return id;
    }

    /** The tags of an image: whole numbers as integers, the power and the maximum as doubles. */
    static Map<SpectrogramTag, Number> of(SpectrogramParameters parameters, float maximum) {
        Map<SpectrogramTag, Number> tags = new EnumMap<>(SpectrogramTag.class);
        tags.put(SAMPLE_RATE, parameters.sampleRate());
        tags.put(STEREO, parameters.stereo() ? 1 : 0);
        tags.put(STEP_SIZE_MS, parameters.stepMillis());
        tags.put(WINDOW_DURATION_MS, parameters.windowMillis());
        tags.put(PADDED_DURATION_MS, parameters.paddedMillis());
        tags.put(NUM_FREQUENCIES, parameters.bands());
        tags.put(MIN_FREQUENCY, parameters.minFrequency());
        tags.put(MAX_FREQUENCY, parameters.maxFrequency());
        tags.put(POWER_FOR_IMAGE, parameters.power());
        tags.put(MAX_VALUE, (double) maximum);
        return tags;
    }

    /**
     * What the tags say; the default format where they are silent.
     *
     * @throws IllegalArgumentException if they make no sense
     */
    static SpectrogramParameters parameters(Map<SpectrogramTag, Number> tags) {
        SpectrogramParameters usual = SpectrogramParameters.DEFAULT;
        return new SpectrogramParameters(
                tags.getOrDefault(SAMPLE_RATE, usual.sampleRate()).intValue(),
                tags.getOrDefault(STEP_SIZE_MS, usual.stepMillis()).intValue(),
                tags.getOrDefault(WINDOW_DURATION_MS, usual.windowMillis()).intValue(),
                tags.getOrDefault(PADDED_DURATION_MS, usual.paddedMillis()).intValue(),
                tags.getOrDefault(NUM_FREQUENCIES, usual.bands()).intValue(),
                tags.getOrDefault(MIN_FREQUENCY, usual.minFrequency()).intValue(),
                tags.getOrDefault(MAX_FREQUENCY, usual.maxFrequency()).intValue(),
                tags.getOrDefault(POWER_FOR_IMAGE, usual.power()).doubleValue(),
                tags.getOrDefault(STEREO, 0).intValue() != 0);
    }
}
