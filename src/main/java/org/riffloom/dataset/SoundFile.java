package org.riffloom.dataset;

import java.io.File;
import java.nio.file.Path;

/**
 * A sound file in a folder of many.
 *
 * @param path where it is
 * @param relative the same, from that folder
 */
public record SoundFile(Path path, Path relative) {

    /** What it is called in messages and by the seed: the way to it from the folder, with slashes on every system. */
    public String name() {
        return relative.toString().replace(File.separatorChar, '/');
    }
}
