package org.riffloom.stream;

import org.riffloom.clip.StreamState;

/**
 * What plays in a session.
 *
 * @param number of its start message, counted from 1
 * @param before what its sound goes on from
 * @param plan where it goes
 * @param pacing how far it has come
 * @param sketches whether the listener wants to see the first clip's picture while it is painted
 */
record Riff(int number, StreamState before, RiffPlan plan, Pacing pacing, boolean sketches) {}
