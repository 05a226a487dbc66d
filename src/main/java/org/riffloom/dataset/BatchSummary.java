package org.riffloom.dataset;

/**
 * What became of many files.
 *
 * @param made whose output was made
 * @param there whose output was there already
 * @param failed that were passed over
 * @param left that were not begun, or given up, when the work was stopped
 */
public record BatchSummary(int made, int there, int failed, int left) {}
