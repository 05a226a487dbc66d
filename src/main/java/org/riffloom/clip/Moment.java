package org.riffloom.clip;

import org.riffloom.prompt.Interpolation;

/**
 * The end of a clip, to go on from.
 *
 * @param recipe of that clip
 * @param fingerprint of the model that made it, as {@link ModelInfo#fingerprint()}; empty where it is not known
 * @param after what its stream's sound goes on from
 */
public record Moment(Interpolation recipe, String fingerprint, StreamState after) {}
