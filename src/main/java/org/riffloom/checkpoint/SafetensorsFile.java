package org.riffloom.checkpoint;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;

/**
 * A file of named tensors in the <a href="https://github.com/huggingface/safetensors">safetensors</a> format: eight
 * bytes with the header's length, a JSON header, and the tensors' bytes one after the other. Tensors are mapped one at
 * a time, so a file may be larger than 2 GB as long as no single tensor is.
 *
 * @param path of the file
 * @param tensors by name, in the order of the header
 */
public record SafetensorsFile(Path path, Map<String, TensorEntry> tensors) implements TensorFile {

    /**
     * Reads and checks the header; no tensor is touched.
     *
     * @throws CheckpointException if the file is missing, cut short, or its header contradicts itself or the file
     */
    public static SafetensorsFile open(Path path) {
        return new SafetensorsFile(path, SafetensorsHeader.read(path));
    }

    @Override
    public ByteBuffer map(String name) {
        TensorEntry entry = tensors.get(name);
        if (entry == null) {
            throw new CheckpointException.TensorMismatch(path, "has no tensor " + name + ".");
        }
        return MappedBytes.of(path, entry, entry.offset());
    }
}
