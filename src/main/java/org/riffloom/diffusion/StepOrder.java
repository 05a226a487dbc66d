package org.riffloom.diffusion;

import java.util.ArrayList;
import java.util.List;

/**
 * Who takes the next step: the walk that came first, and along with it, in the order in which they came, as many as there
 * is room for that have its LoRAs and its shape.
 *
 * <p>So whoever can go along does so at once, and nobody waits longer than if all were served one after the other: with
 * every pass one of those who came earlier gets on, and who comes later never holds up anybody, however alike those may be
 * who go along and however much comes. Taking turns between those who are not alike would be no fairer, since all of them
 * would arrive late, and dearer: the network changes LoRAs once for each walk at most.
 */
final class StepOrder {

    private StepOrder() {}

    /**
     * Chooses those who share a pass.
     *
     * @param walks at least one, in the order in which they came
     * @param room for the sum of their loads; the first of them goes even if its own is more
     */
    static <W extends Walk> List<W> next(List<W> walks, long room) {
        W first = walks.get(0);
        List<W> together = new ArrayList<>(List.of(first));
        long left = room - first.load();
        for (W walk : walks.subList(1, walks.size())) {
            if (walk.load() <= left
                    && walk.loras().equals(first.loras())
                    && walk.shape().equals(first.shape())) {
                together.add(walk);
                left -= walk.load();
            }
        }
        return together;
    }
}
