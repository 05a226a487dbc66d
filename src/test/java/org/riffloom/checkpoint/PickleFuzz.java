package org.riffloom.checkpoint;

import java.nio.file.Path;
import org.riffloom.fuzz.FuzzedFile;

/** Fuzz target: the pickle inside a torch file, which a fuzzer of whole archives seldom reaches. */
public final class PickleFuzz {

    private static final Path PATH = Path.of("weights.bin");

    private PickleFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        FuzzedFile.bounded(() -> TorchPickle.read(PATH, bytes), bytes.length, CheckpointException.class);
    }
}
