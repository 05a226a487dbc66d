package org.riffloom.clip;

import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.RiffDirection;

/**
 * The end of a clip, to go on from.
 *
 * @param recipe of that clip
 * @param direction where the riff was going from there
 * @param fingerprint of the model that made it, as {@link LoadedModel#fingerprint()}; empty where it is not known
 * @param after what its stream's sound goes on from
 */
public record Moment(Interpolation recipe, RiffDirection direction, String fingerprint, StreamState after) {}
