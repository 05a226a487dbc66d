package org.riffloom.checkpoint.hub;

import java.nio.file.Path;
import java.util.List;

/**
 * A model in the cache, at one commit.
 *
 * @param name owner and repository
 * @param commit 40 hexadecimal digits
 * @param revisions branches and tags that meant this commit when they were fetched
 * @param folder in which its files are
 * @param bytes of all of them
 */
public record CachedModel(String name, String commit, List<String> revisions, Path folder, long bytes) {

    public CachedModel {
        revisions = List.copyOf(revisions);
    }
}
