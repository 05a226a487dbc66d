package org.riffloom.stream;

/**
 * What plays in a session.
 *
 * @param number of its start message, counted from 1
 * @param plan where it goes
 * @param pacing how far it has come
 */
record Riff(int number, RiffPlan plan, Pacing pacing) {}
