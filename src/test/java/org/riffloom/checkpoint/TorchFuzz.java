package org.riffloom.checkpoint;

import org.riffloom.fuzz.FuzzedFile;

/** Fuzz target: what claims to be written by {@code torch.save} is read or refused, and nothing in it is run. */
public final class TorchFuzz {

    private static final FuzzedFile FILE = new FuzzedFile("weights.bin");

    private TorchFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        FILE.readBy(
                path -> {
                    TensorFile file = TensorFile.open(path);
                    file.tensors().keySet().forEach(file::map);
                },
                bytes,
                CheckpointException.class);
    }
}
