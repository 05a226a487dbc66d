package org.riffloom.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoundFolderTests {

    @TempDir
    Path folder;

    private void touch(String... names) throws IOException {
        for (String name : names) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        }
    }

    private SoundFolder list(@Nullable String pattern) throws IOException {
        return SoundFolder.list(folder, pattern, folder.resolve("out"));
    }

    private List<String> names(@Nullable String pattern) throws IOException {
        return list(pattern).sounds().stream().map(SoundFile::name).toList();
    }

    @Test
    void findsSoundsInAllFolders() throws IOException {
        touch("b.wav", "a/b/c.MP3", "a/a.flac", "z.opus", "a/cover.jpg", "list.m3u", "wav");
        touch(".hidden.wav", "a/._c.mp3", ".trash/d.wav", "out/e.wav", "out/f/g.wav");
        assertThat(names(null)).containsExactly("a/a.flac", "a/b/c.MP3", "b.wav", "z.opus");
        assertThat(list(null).others()).isEqualTo(3);
        assertThat(list(null).failures()).isEmpty();
    }

    @Test
    void findsWhatAPatternSays() throws IOException {
        touch("b.wav", "a/b/c.mp3", "a/a.wav", "a/sound");
        assertThat(names("*.wav")).containsExactly("a/a.wav", "b.wav");
        assertThat(names("**/*.wav")).containsExactly("a/a.wav", "b.wav");
        assertThat(names("a/*")).containsExactly("a/a.wav", "a/sound");
        assertThat(names("{sound,c.mp3}")).containsExactly("a/b/c.mp3", "a/sound");
        assertThatExceptionOfType(PatternSyntaxException.class).isThrownBy(() -> list("[a"));
    }

    @Test
    void followsLinksButNotInCircles() throws IOException {
        touch("music/a.wav");
        Files.createSymbolicLink(folder.resolve("music/again"), folder.resolve("music"));
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("music"));
        Files.createSymbolicLink(folder.resolve("b.wav"), folder.resolve("music/a.wav"));
        assertThat(names(null)).containsExactly("b.wav", "link/a.wav", "music/a.wav");
        assertThat(list(null).failures()).isEmpty();
    }

    @Test
    void refusesWhatIsNoFolder() throws IOException {
        touch("a.wav");
        Path out = folder.resolve("out");
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> SoundFolder.list(folder.resolve("missing"), null, out));
        assertThatThrownBy(() -> SoundFolder.list(folder.resolve("a.wav"), null, out))
                .hasMessageContaining("a.wav is not a folder");
    }
}
