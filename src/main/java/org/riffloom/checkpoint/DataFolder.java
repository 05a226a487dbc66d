package org.riffloom.checkpoint;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a program keeps what it must have on disk, by the customs of the platform it runs on. */
public final class DataFolder {

    private DataFolder() {}

    /** This platform's user data folder for Riffloom; it may not exist yet. */
    public static Path ofThisPlatform() {
        return of(System.getProperty("os.name"), Path.of(System.getProperty("user.home")), System.getenv());
    }

    static Path of(String system, Path home, Map<String, String> environment) {
        if (system.startsWith("Windows")) {
            return either(environment.get("LOCALAPPDATA"), home.resolve("AppData/Local"))
                    .resolve("Riffloom");
        }
        if (system.startsWith("Mac")) {
            return home.resolve("Library/Application Support/Riffloom");
        }
        return either(environment.get("XDG_DATA_HOME"), home.resolve(".local/share"))
                .resolve("riffloom");
    }

    /** The XDG specification has relative paths ignored. */
    private static Path either(@Nullable String configured, Path fallback) {
        if (configured == null || configured.isBlank()) {
            return fallback;
        }
        Path path = Path.of(configured);
        return path.isAbsolute() ? path : fallback;
    }
}
