package org.riffloom.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What lies beside the clips of a sound, in a file of JSON, and says how they were made.
 *
 * @param sound its name
 * @param soundBytes size of its file
 * @param settings how they were cut, in one line
 * @param clips of which there are
 */
record ClipNote(String sound, long soundBytes, String settings, List<Entry> clips) {

    static final String FILE_NAME = "clips.json";

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /**
     * A clip.
     *
     * @param file its name
     * @param startMillis where in the sound it begins
     * @param bytes size of the file
     */
    record Entry(String file, long startMillis, long bytes) {

        Entry {
            Objects.requireNonNull(file);
        }
    }

    ClipNote {
        Objects.requireNonNull(sound);
        Objects.requireNonNull(settings);
        clips = List.copyOf(clips);
    }

    /** What is noted in a folder; nothing if there is no note, or one of another kind. */
    static Optional<ClipNote> read(Path folder) throws IOException {
        Path file = folder.resolve(FILE_NAME);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(MAPPER.readValue(Files.readString(file), ClipNote.class));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve(FILE_NAME), MAPPER.writeValueAsString(this) + "\n");
    }

    /** Whether all clips are in the folder, and as long as they were. */
    boolean isWhole(Path folder) throws IOException {
        for (Entry clip : clips) {
            Path file = folder.resolve(clip.file());
            if (!Files.isRegularFile(file) || Files.size(file) != clip.bytes()) {
                return false;
            }
        }
        return true;
    }

    /** Whether a file of that name is one of those that were made. */
    boolean tellsOf(String fileName) {
        return fileName.equals(FILE_NAME)
                || clips.stream().anyMatch(clip -> clip.file().equals(fileName));
    }
}
