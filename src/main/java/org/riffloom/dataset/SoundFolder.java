package org.riffloom.dataset;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is in a folder and the folders in it, by way of symbolic links too, but not in circles. Hidden files and folders are
 * passed over.
 *
 * @param sounds in the order of their names
 * @param others how many files were left out for their names, but for the notes of clips
 * @param failures what could not be looked into
 */
public record SoundFolder(List<SoundFile> sounds, int others, List<Outcome.Failed> failures) {

    /** For messages. */
    public static final String ENDINGS = ".wav, .wave, .flac, .mp3, .ogg, .oga or .opus";

    private static final Set<String> SOUND_ENDINGS = Set.of(ENDINGS.split(", | or "));

    /**
     * Lists a folder.
     *
     * @param pattern of the files that are meant, as for {@link java.nio.file.FileSystem#getPathMatcher}, of their names
     *     or, with a slash in it, of the way to them from the folder; {@code null} for those named like sound files
     * @param output a folder to pass over, which may be inside
     * @throws IllegalArgumentException if the pattern is none
     * @throws IOException if the folder cannot be opened
     */
    public static SoundFolder list(Path folder, @Nullable String pattern, Path output) throws IOException {
        if (Files.notExists(folder)) {
            throw new NoSuchFileException(folder.toString());
        }
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder + " is not a folder.");
        }
        Walk walk = new Walk(folder, pattern, output);
        Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, walk);
        walk.sounds.sort(Comparator.comparing(SoundFile::name));
        return new SoundFolder(walk.sounds, walk.others, walk.failures);
    }

    private static final class Walk extends SimpleFileVisitor<Path> {

        private final Path folder;
        private final Path output;
        private final List<PathMatcher> matchers = new ArrayList<>();
        private final boolean wholeWay;
        private final List<SoundFile> sounds = new ArrayList<>();
        private final List<Outcome.Failed> failures = new ArrayList<>();
        private int others;

        Walk(Path folder, @Nullable String pattern, Path output) {
            this.folder = folder;
            this.output = output;
            this.wholeWay = pattern != null && pattern.indexOf('/') >= 0;
            if (pattern != null) {
                matchers.add(folder.getFileSystem().getPathMatcher("glob:" + pattern));
                if (pattern.startsWith("**/")) {
                    // In the folder itself, too, as elsewhere than in Java.
                    matchers.add(folder.getFileSystem().getPathMatcher("glob:" + pattern.substring(3)));
                }
            }
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
            boolean passed = !directory.equals(folder)
                    && (isHidden(directory) || (Files.exists(output) && Files.isSameFile(directory, output)));
            return passed ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            // A link that leads nowhere is tried, and fails, but a pipe would be waited for.
            boolean readable = attributes.isRegularFile() || attributes.isSymbolicLink();
            if (!isHidden(file) && readable) {
                Path relative = folder.relativize(file);
                if (isMeant(relative)) {
                    sounds.add(new SoundFile(file, relative));
                } else if (!relative.endsWith(ClipNote.FILE_NAME)) {
                    others++;
                }
            }
            return FileVisitResult.CONTINUE;
        }

        private boolean isMeant(Path relative) {
            Path name = relative.getFileName();
            if (matchers.isEmpty()) {
                String lower = name.toString().toLowerCase(Locale.ROOT);
                return SOUND_ENDINGS.contains(lower.substring(Math.max(0, lower.lastIndexOf('.'))));
            }
            return matchers.stream().anyMatch(matcher -> matcher.matches(wholeWay ? relative : name));
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (file.equals(folder)) {
                throw e;
            }
            if (!(e instanceof FileSystemLoopException)) {
                failures.add(new Outcome.Failed(new SoundFile(file, folder.relativize(file)).name(), e));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
            if (e != null) {
                failures.add(new Outcome.Failed(new SoundFile(directory, folder.relativize(directory)).name(), e));
            }
            return FileVisitResult.CONTINUE;
        }

        private static boolean isHidden(Path path) {
            return path.getFileName() != null && path.getFileName().toString().startsWith(".");
        }
    }
}
