package org.riffloom.clip;

/**
 * A model that is ready to make clips.
 *
 * @param info what a listener may know of it
 * @param seedImages to start from
 * @param streams of clips that it makes
 */
public record LoadedModel(ModelInfo info, SeedImages seedImages, ClipStreams streams) {}
