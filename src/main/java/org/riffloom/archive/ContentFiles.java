package org.riffloom.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.riffloom.clip.WholeFile;

/**
 * Files named by the SHA-256 of their content, in folders of their first two digits. A file is whole from the moment that
 * it has its name, and never changes.
 */
final class ContentFiles {

    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");

    private final Path folder;

    ContentFiles(Path folder) {
        this.folder = folder;
    }

    /** Where the file of this name is, if there is one. */
    Path path(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("A file's name is 64 hexadecimal digits.");
        }
        return folder.resolve(name.substring(0, 2)).resolve(name);
    }

    /** The name that such a content has. */
    static String name(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Writes a content, unless it is there, to the disk itself; returns its name. */
    String put(byte[] content) {
        String name = name(content);
        Path file = path(name);
        try {
            if (Files.exists(file)) {
                // The sweep leaves young files alone, since their clips may be about to be told to the database.
                Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
                return name;
            }
            WholeFile.write(file, content);
            return name;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Deletes files, and what an interrupted {@link #put} left behind.
     *
     * @param before last changed before this moment
     * @param unwanted says of a name whether it can go
     * @return how many were deleted
     */
    int delete(Instant before, Predicate<String> unwanted) {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        int deleted = 0;
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder, Files::isDirectory)) {
            for (Path inner : folders) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(inner)) {
                    for (Path file : files) {
                        String name = file.getFileName().toString();
                        boolean ours = NAME.matcher(name).matches()
                                ? unwanted.test(name)
                                : name.endsWith(WholeFile.UNFINISHED);
                        if (ours && Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                            Files.delete(file);
                            deleted++;
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return deleted;
    }
}
