package org.riffloom.diffusion;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Who takes the next step. It is the walk that is least far along, in shares of its way, and of equals the one that came
 * first; as many as there is room for go along, in the same order, that have its LoRAs and its shape.
 *
 * <p>So somebody new begins at once. That nobody waits for ever, whatever comes after them, is due to a second rule: no
 * walk takes its last step while one that came earlier is left out. As there are only so many walks in hand, sooner or
 * later all of those that came later stand before their last step, and the one left out is the least far along. So whoever
 * comes waits at most for those who were there to arrive, and for those who come later to draw level.
 *
 * <p>Changing LoRAs takes as long as several steps, so both rules have an exception: a set of them is kept for four times
 * as long as it took to change into it, while any walk asks for it. At most a fifth of the time goes into changing.
 */
final class StepOrder {

    private static final int PATIENCE = 4;

    private final LongSupplier nanoTime;
    private List<WornLora> worn;
    private long changedAt;
    private long keptNanos;

    /**
     * @param nanoTime a clock
     * @param worn LoRAs that the network wears
     */
    StepOrder(LongSupplier nanoTime, List<WornLora> worn) {
        this.nanoTime = nanoTime;
        this.worn = worn;
    }

    /**
     * Chooses those who share a pass.
     *
     * @param walks at least one, in the order in which they came
     * @param room for the sum of their loads; the first of them goes even if its own is more
     */
    <W extends Walk> List<W> next(List<W> walks, long room) {
        List<W> ordered = walks.stream()
                .sorted(Comparator.comparingDouble(Walk::nextPlace))
                .toList();
        boolean kept = nanoTime.getAsLong() - changedAt < keptNanos;
        W first = ordered.stream()
                .filter(walk -> kept && walk.loras().equals(worn))
                .findFirst()
                .orElse(ordered.get(0));
        List<W> together = new ArrayList<>(List.of(first));
        long left = room - first.load();
        for (W walk : ordered) {
            if (walk != first
                    && walk.load() <= left
                    && walk.loras().equals(first.loras())
                    && walk.shape().equals(first.shape())
                    && (kept || mayGo(walk, walks, together))) {
                together.add(walk);
                left -= walk.load();
            }
        }
        return together;
    }

    /** Those at their last step come last, in the order of {@code walks}: all that matter here have been dealt with. */
    private static <W extends Walk> boolean mayGo(W walk, List<W> walks, List<W> together) {
        boolean last = walk.done() + 1 == walk.steps();
        return !last || together.containsAll(walks.subList(0, walks.indexOf(walk)));
    }

    /**
     * Takes note of a change of LoRAs that has just ended.
     *
     * @param now what is worn
     * @param nanos that it took
     */
    void changed(List<WornLora> now, long nanos) {
        worn = now;
        changedAt = nanoTime.getAsLong();
        keptNanos = PATIENCE * nanos;
    }

    /** What the network wears. */
    List<WornLora> worn() {
        return worn;
    }
}
