package org.riffloom.checkpoint;

import java.util.List;

/**
 * One tensor in a file.
 *
 * @param name as the file has it
 * @param type of every element
 * @param shape outermost dimension first; empty for a scalar
 * @param offset of the first byte, counted from the start of what holds it: the file or, in an archive, its member
 * @param bytes that the tensor takes
 */
public record TensorEntry(String name, TensorType type, List<Long> shape, long offset, long bytes) {

    public TensorEntry {
        shape = List.copyOf(shape);
    }
}
