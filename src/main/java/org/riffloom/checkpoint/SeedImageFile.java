package org.riffloom.checkpoint;

import java.nio.file.Path;

/**
 * A picture in a model folder that generation may start from.
 *
 * @param id by which listeners name it; letters, digits, {@code -} and {@code _}
 * @param title for people
 * @param beats in one clip; 0 where there is no beat, or nobody has said
 * @param file the picture
 */
public record SeedImageFile(String id, String title, int beats, Path file) {}
