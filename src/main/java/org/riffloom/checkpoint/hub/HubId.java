package org.riffloom.checkpoint.hub;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a model on a hub.
 *
 * @param name owner and repository, such as {@code riffusion/riffusion-model-v1}
 * @param revision a branch, a tag or a commit
 */
public record HubId(String name, String revision) {

    /** Where a repository's own work is. */
    public static final String DEFAULT_REVISION = "main";

    private static final String PART = "[A-Za-z0-9](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9_])?";
    private static final Pattern NAME = Pattern.compile(PART + "/" + PART);
    private static final Pattern REVISION = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._/-]{0,249}");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern FULL = Pattern.compile("([^@]*)(?:@(.*))?");

    /** @throws IllegalArgumentException if these cannot be names on a hub */
    public HubId {
        if (!NAME.matcher(name).matches() || name.contains("--") || name.contains("..")) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is no name of a model; it must look like riffusion/riffusion-model-v1.");
        }
        if (!REVISION.matcher(revision).matches() || revision.contains("..") || revision.endsWith("/")) {
            throw new IllegalArgumentException(
                    "\"" + revision + "\" is no revision; it must be a branch, a tag or a commit.");
        }
    }

    /** Reads {@code owner/name} or {@code owner/name@revision}; empty if the text is neither. */
    public static Optional<HubId> parse(String text) {
        Matcher parts = FULL.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new HubId(parts.group(1), parts.group(2) == null ? DEFAULT_REVISION : parts.group(2)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The same model at another revision. */
    public HubId at(String other) {
        return new HubId(name, other);
    }

    static boolean isCommit(String revision) {
        return COMMIT.matcher(revision).matches();
    }

    @Override
    public String toString() {
        return revision.equals(DEFAULT_REVISION) ? name : name + "@" + revision;
    }
}
