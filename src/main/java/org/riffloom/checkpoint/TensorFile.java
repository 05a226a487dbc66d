package org.riffloom.checkpoint;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;

/** A file of named tensors, in one of the two formats in which checkpoints are published. */
public sealed interface TensorFile permits SafetensorsFile, TorchFile {

    /** The file itself. */
    Path path();

    /** The tensors by name. */
    Map<String, TensorEntry> tensors();

    /**
     * A tensor's bytes, little-endian and read-only, in the order of its shape. They stay valid as long as the buffer is
     * reachable.
     *
     * @throws CheckpointException if the file has no such tensor, or its bytes cannot be had
     */
    ByteBuffer map(String name);

    /**
     * Reads what a file says about its tensors; their bytes are not touched.
     *
     * @param path whose name tells the format: {@code .bin} or {@code .pt} for torch, anything else for safetensors
     * @throws CheckpointException if the file is missing or does not follow its format
     */
    static TensorFile open(Path path) {
        return isTorch(path) ? TorchFile.open(path) : SafetensorsFile.open(path);
    }

    /** Whether a file's name says that it is torch's. */
    static boolean isTorch(Path path) {
        return path.toString().endsWith(".bin") || path.toString().endsWith(".pt");
    }

    /** A file's name without the ending that tells its format. */
    static String stem(Path path) {
        return String.valueOf(path.getFileName()).replaceFirst("\\.(safetensors|bin|pt)$", "");
    }
}
