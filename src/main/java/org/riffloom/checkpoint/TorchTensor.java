package org.riffloom.checkpoint;

import java.util.List;

/**
 * A tensor as a pickle describes it, not yet held against the bytes that there are.
 *
 * @param storage it is a view of
 * @param offset of its first element in the storage, counted in elements
 * @param shape outermost dimension first
 * @param strides from one element to the next in each dimension, counted in elements
 */
record TorchTensor(Storage storage, long offset, List<Long> shape, List<Long> strides) {

    /**
     * Numbers in a row, which one or several tensors are views of.
     *
     * @param type of every element
     * @param key the name of the archive's member, below {@code data}
     * @param elements how many there are
     */
    record Storage(TensorType type, String key, long elements) {}

    /** Whether the elements lie in the order of the shape; the stride of a dimension of one means nothing. */
    boolean isContiguous() {
        if (strides.size() != shape.size()) {
            return false;
        }
        long expected = 1;
        for (int i = shape.size() - 1; i >= 0; i--) {
            if (shape.get(i) != 1 && strides.get(i) != expected) {
                return false;
            }
            expected = Math.multiplyExact(expected, shape.get(i));
        }
        return true;
    }
}
