package org.riffloom.clip;

/**
 * A picture to start generation from, which gives a riff its rhythm.
 *
 * @param id its name in requests; letters, digits, {@code -} and {@code _}
 * @param title its name for people
 * @param beats in the length of a clip; 0 where there is no beat, or nobody has said
 * @param version of the picture, the same as long as its bytes are: {@link EncodedMedia#fingerprint()}
 */
public record SeedImage(String id, String title, int beats, String version) {}
