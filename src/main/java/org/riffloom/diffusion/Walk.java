package org.riffloom.diffusion;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/** A picture on its way out of noise, as whoever shares out the network sees it. */
interface Walk extends AutoCloseable {

    /** The LoRAs that the network wears for its steps. */
    List<WornLora> loras();

    /** Of the latents; only walks of one shape can share a pass. */
    Shape shape();

    /** What a step of it asks of the device's memory: places in the latents, those of both halves of guidance. */
    long load();

    /** Steps that have been taken. */
    int done();

    /** Steps that there are, at least 1. */
    int steps();

    /** Gives the device's memory back. */
    @Override
    void close();
}
