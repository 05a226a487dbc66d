package org.riffloom.dataset;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.riffloom.audio.SoundClip;

/**
 * Cuts clips out of each sound: those of {@code bells/one.wav} come into a folder {@code bells/one.wav}, which appears with
 * all of them and with a note of how they were cut, {@code clips.json}. Such a folder counts if all its clips are there, if
 * they would be cut now as they were then, and if the sound is the same.
 */
public final class ClipTask implements BatchTask {

    /** A sound, and what it outgrows while it is read. */
    private static final int KEPT_BYTES = 10;

    private final OutputFolder output;
    private final ClipSettings settings;
    private final long maxKept;

    /** @param jobs how many run at the same time */
    public ClipTask(OutputFolder output, ClipSettings settings, int jobs) {
        this.output = output;
        this.settings = settings;
        this.maxKept = maxKept(jobs);
    }

    /** How many samples of a sound may be kept in memory, when so many are cut at the same time. */
    public static long maxKept(int jobs) {
        return MemoryShares.among(jobs).each() / KEPT_BYTES;
    }

    @Override
    public Outcome run(SoundFile sound) throws IOException {
        Path folder = output.resolve(sound.name());
        long bytes = Files.size(sound.path());
        if (Files.exists(folder)) {
            Optional<ClipNote> note = Files.isDirectory(folder) ? ClipNote.read(folder) : Optional.empty();
            if (note.isEmpty()) {
                throw new IOException(folder + " is not of these clips, and is left as it is.");
            }
            if (isWhole(note.get(), sound, bytes, folder)) {
                return new Outcome.AlreadyThere();
            }
            requireReplaceable(note.get(), folder);
        }
        Path unfinished = output.write(Files::createDirectory);
        try {
            List<ClipNote.Entry> clips = new ArrayList<>();
            settings.sampler().sample(sound.path(), sound.name(), maxKept, clip -> clips.add(write(clip, unfinished)));
            ClipNote note = new ClipNote(sound.name(), bytes, settings.text(), clips);
            output.write(unfinished, note::write);
            output.publish(unfinished, sound.name());
            return new Outcome.Made();
        } finally {
            output.delete(unfinished);
        }
    }

    private ClipNote.Entry write(SoundClip clip, Path folder) throws IOException {
        String name = settings.fileName(clip);
        Path file = output.write(folder.resolve(name), path -> settings.write(clip, path));
        return new ClipNote.Entry(name, clip.startMillis(), Files.size(file));
    }

    private boolean isWhole(ClipNote note, SoundFile sound, long bytes, Path folder) throws IOException {
        return note.soundBytes() == bytes
                && note.sound().equals(sound.name())
                && note.settings().equals(settings.text())
                && Files.getLastModifiedTime(folder.resolve(ClipNote.FILE_NAME))
                                .compareTo(Files.getLastModifiedTime(sound.path()))
                        >= 0
                && note.isWhole(folder);
    }

    /**
     * Looks whether a folder has nothing in it but clips and their note.
     *
     * @throws IOException if something else is there, which must not be thrown away
     */
    private static void requireReplaceable(ClipNote note, Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (!note.tellsOf(file.getFileName().toString())) {
                    throw new IOException(folder + " has something else than old clips in it, " + file.getFileName()
                            + ", and is left as it is.");
                }
            }
        }
    }
}
