package org.riffloom.checkpoint;

import java.nio.ByteBuffer;

/**
 * An update of one weight: {@code scale · up · down}, both factors as matrices, in the shape of the weight.
 *
 * @param file that holds the factors
 * @param down [rank, in], or [rank, in, height, width] for a convolution
 * @param up [out, rank], or [out, rank, 1, 1]
 * @param scale that its trainer gave it: its alpha over its rank
 */
public record LowRank(TensorFile file, TensorEntry down, TensorEntry up, double scale) {

    /** The number of rows of {@code down} and of columns of {@code up}. */
    public long rank() {
        return down.shape().get(0);
    }

    /** Maps the bytes of {@code down}. */
    public ByteBuffer mapDown() {
        return file.map(down.name());
    }

    /** Maps the bytes of {@code up}. */
    public ByteBuffer mapUp() {
        return file.map(up.name());
    }
}
