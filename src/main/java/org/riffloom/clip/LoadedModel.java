package org.riffloom.clip;

/**
 * A model that is ready to make clips.
 *
 * @param fingerprint of its weights: 64 hexadecimal digits, equal for equal weights
 * @param info what a listener may know of it
 * @param seedImages to start from
 * @param maskImages that say which part of a seed image is kept
 * @param streams of clips that it makes
 * @param singles clips that it makes apart from any stream
 */
public record LoadedModel(
        String fingerprint,
        ModelInfo info,
        SeedImages seedImages,
        MaskImages maskImages,
        ClipStreams streams,
        SingleClips singles) {}
