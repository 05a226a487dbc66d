package org.riffloom.stream;

import org.jspecify.annotations.Nullable;
import org.riffloom.clip.ClipId;
import org.riffloom.clip.StreamState;
import org.riffloom.prompt.Interpolation;

/**
 * What is remembered of a clip that a riff may come back to.
 *
 * @param id its name
 * @param index its place in the riff; a clip that takes the place of another one has the same
 * @param follows the clip before; {@code null} for the first
 * @param recipe what it was made from
 * @param course where the riff was then, and what it was asked for since
 * @param after what its stream's sound goes on from
 */
record MadeClip(
        ClipId id, int index, @Nullable ClipId follows, Interpolation recipe, Course course, StreamState after) {

    MadeClip with(Course changed) {
        return new MadeClip(id, index, follows, recipe, changed, after);
    }
}
