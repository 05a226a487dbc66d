package org.riffloom.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataFolderTests {

    private static final Path HOME = Path.of("home").toAbsolutePath();

    @Test
    void followsEachPlatformsCustom() {
        assertThat(DataFolder.of("Linux", HOME, Map.of())).isEqualTo(HOME.resolve(".local/share/riffloom"));
        assertThat(DataFolder.of("Mac OS X", HOME, Map.of()))
                .isEqualTo(HOME.resolve("Library/Application Support/Riffloom"));
        assertThat(DataFolder.of("Windows 11", HOME, Map.of())).isEqualTo(HOME.resolve("AppData/Local/Riffloom"));
    }

    @Test
    void obeysTheEnvironment() {
        Path other = HOME.resolve("other");
        assertThat(DataFolder.of("Linux", HOME, Map.of("XDG_DATA_HOME", other.toString())))
                .isEqualTo(other.resolve("riffloom"));
        assertThat(DataFolder.of("Windows 11", HOME, Map.of("LOCALAPPDATA", other.toString())))
                .isEqualTo(other.resolve("Riffloom"));
    }

    @Test
    void ignoresRelativeAndEmptyPaths() {
        for (String path : new String[] {"", "relative"}) {
            assertThat(DataFolder.of("Linux", HOME, Map.of("XDG_DATA_HOME", path)))
                    .isEqualTo(HOME.resolve(".local/share/riffloom"));
        }
    }
}
