package org.riffloom.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Maps a tensor's place in a file into memory. */
final class MappedBytes {

    private MappedBytes() {}

    /**
     * Maps bytes, little-endian and read-only; the mapping lives as long as the buffer is reachable.
     *
     * @param offset of the first byte in the file
     * @throws CheckpointException if a tensor is too large for one buffer, or the file has become shorter
     */
    static ByteBuffer of(Path path, TensorEntry tensor, long offset) {
        requireOneBuffer(path, tensor.name(), tensor.bytes());
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            if (offset + tensor.bytes() > channel.size()) {
                // Mapping past the end would end the process, not throw, when the bytes are touched.
                throw new CheckpointException.Malformed(
                        path, "became shorter since it was opened; tensor " + tensor.name() + " is gone.");
            }
            return channel.map(FileChannel.MapMode.READ_ONLY, offset, tensor.bytes())
                    .order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new CheckpointException.Unreadable(path, e);
        }
    }

    static void requireOneBuffer(Path path, String name, long bytes) {
        if (bytes > Integer.MAX_VALUE) {
            throw new CheckpointException.Unsupported(
                    path, "tensor " + name + " takes " + bytes + " bytes; one tensor may take 2 GB at most.");
        }
    }
}
