package org.riffloom.checkpoint.hub;

import java.util.List;
import java.util.Set;

/** Decides which of a repository's files are needed. */
@FunctionalInterface
public interface FileChoice {

    /**
     * The outcome.
     *
     * @param files that are wanted
     * @param missing what is needed and not there, in words; empty if the repository suits
     */
    record Chosen(List<String> files, List<String> missing) {
        public Chosen {
            files = List.copyOf(files);
            missing = List.copyOf(missing);
        }
    }

    /**
     * Looks through a repository.
     *
     * @param paths of all its files, with slashes
     */
    Chosen choose(Set<String> paths);
}
