package org.riffloom.checkpoint.hub;

/** Follows a download. */
@FunctionalInterface
public interface FetchListener {

    /** Follows nothing. */
    FetchListener NONE = progress -> {};

    /** Called some times a second, on threads of the download; must return at once. */
    void onProgress(FetchProgress progress);
}
