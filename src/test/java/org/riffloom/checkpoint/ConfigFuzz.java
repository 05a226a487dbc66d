package org.riffloom.checkpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.riffloom.fuzz.FuzzedFile;

/** Fuzz target: the JSON files of a model folder. All readers get the same bytes, since none knows what it is given. */
public final class ConfigFuzz {

    private static final FuzzedFile FILE = new FuzzedFile("riffloom.json");
    private static final List<Consumer<Path>> READERS = List.of(
            UNetConfig::read,
            VaeConfig::read,
            TextEncoderConfig::read,
            path -> SchedulerConfig.read(path, null),
            path -> ModelProfile.read(path.resolveSibling("")));

    private ConfigFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        READERS.forEach(reader -> FILE.readBy(reader, bytes, CheckpointException.class));
    }
}
