package org.riffloom.checkpoint;

import org.riffloom.fuzz.FuzzedFile;

/** Fuzz target: a safetensors file of anything is read or refused. */
public final class SafetensorsFuzz {

    private static final FuzzedFile FILE = new FuzzedFile("weights.safetensors");

    private SafetensorsFuzz() {}

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
