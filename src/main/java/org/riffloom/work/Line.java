package org.riffloom.work;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who waits, who is being served, and who is next: first come, first served, one place for each lane, and no lane
 * served twice at once. Knows nothing of threads.
 *
 * @param <L> a lane
 * @param <E> what it sends
 */
final class Line<L, E> {

    /** Somebody's place. */
    record Place<L, E>(L lane, E entry) {}

    private final List<Place<L, E>> waiting = new ArrayList<>();
    private final Set<L> served = new HashSet<>();

    /** @throws IllegalStateException if the lane already waits */
    void join(L lane, E entry) {
        if (waiting.stream().anyMatch(place -> place.lane().equals(lane))) {
            throw new IllegalStateException("A job of this lane is still waiting.");
        }
        waiting.add(new Place<>(lane, entry));
    }

    /** Takes an entry out of the line; false if it was not there. */
    boolean leave(E entry) {
        return waiting.removeIf(place -> place.entry().equals(entry));
    }

    /** Begins to serve the first whose lane is not being served. */
    Optional<Place<L, E>> serveNext() {
        for (Iterator<Place<L, E>> places = waiting.iterator(); places.hasNext(); ) {
            Place<L, E> place = places.next();
            if (served.add(place.lane())) {
                places.remove();
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }

    /** The lane's job has ended. */
    void served(L lane) {
        served.remove(lane);
    }

    /** The entries that wait, the next one first. */
    List<E> waiting() {
        return waiting.stream().map(Place::entry).toList();
    }

    /** How many are being served. */
    int beingServed() {
        return served.size();
    }
}
