package org.riffloom.stream;

import org.jspecify.annotations.Nullable;
import org.riffloom.clip.ClipId;
import org.riffloom.clip.StreamState;
import org.riffloom.prompt.Interpolation;

/**
 * A clip to be made.
 *
 * @param recipe what it is made from
 * @param follows the clip that its sound goes on from; {@code null} for the first of a riff
 * @param before the state of the stream's sound there
 */
record Order(Interpolation recipe, @Nullable ClipId follows, StreamState before) {}
