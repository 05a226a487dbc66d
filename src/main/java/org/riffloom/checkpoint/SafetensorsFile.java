package org.riffloom.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * A file of named tensors in the <a href="https://github.com/huggingface/safetensors">safetensors</a> format: eight
 * bytes with the header's length, a JSON header, and the tensors' bytes one after the other. Tensors are mapped one at
 * a time, so a file may be larger than 2 GB as long as no single tensor is.
 *
 * @param path of the file
 * @param tensors by name, in the order of the header
 */
public record SafetensorsFile(Path path, Map<String, TensorEntry> tensors) {

    /**
     * Reads and checks the header; no tensor is touched.
     *
     * @throws CheckpointException if the file is missing, cut short, or its header contradicts itself or the file
     */
    public static SafetensorsFile open(Path path) {
        return new SafetensorsFile(path, SafetensorsHeader.read(path));
    }

    /**
     * Maps a tensor's bytes into memory, little-endian and read-only. The mapping lives as long as the buffer is
     * reachable.
     *
     * @throws CheckpointException if the file has no such tensor or cannot be mapped
     */
    public ByteBuffer map(String name) {
        TensorEntry entry = tensors.get(name);
        if (entry == null) {
            throw new CheckpointException.TensorMismatch(path, "has no tensor " + name + ".");
        }
        if (entry.bytes() > Integer.MAX_VALUE) {
            throw new CheckpointException.Unsupported(
                    path, "tensor " + name + " takes " + entry.bytes() + " bytes; one tensor may take 2 GB at most.");
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            if (entry.offset() + entry.bytes() > channel.size()) {
                // Mapping past the end would end the process, not throw, when the bytes are touched.
                throw new CheckpointException.Malformed(
                        path, "became shorter since it was opened; tensor " + name + " is gone.");
            }
            return channel.map(FileChannel.MapMode.READ_ONLY, entry.offset(), entry.bytes())
                    .order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new CheckpointException.Unreadable(path, e);
        }
    }
}
