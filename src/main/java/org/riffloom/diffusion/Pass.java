package org.riffloom.diffusion;

import java.util.List;

/**
 * A way of taking one step of several walks at once.
 *
 * @param <W> a walk
 */
interface Pass<W extends Walk> {

    /** Has the network change into these LoRAs; quick where it wears them. If that fails it wears none. */
    void wear(List<WornLora> loras);

    /**
     * Takes a step of each. If that fails, every walk is where it was.
     *
     * @param walks of one shape, whose LoRAs the network wears
     */
    void step(List<W> walks);
}
