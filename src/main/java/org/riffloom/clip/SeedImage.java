package org.riffloom.clip;

/**
 * A picture to start generation from, which gives a riff its rhythm.
 *
 * @param id its name in requests
 * @param title its name for people
 * @param beats in the length of a clip
 */
public record SeedImage(String id, String title, int beats) {}
