package org.riffloom.diffusion;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Keeps the results of the latest keys, and closes what it lets go. Not safe for use by several threads at once.
 *
 * @param <K> what a result is made from
 * @param <V> a result that holds memory of the device
 */
final class RecentlyUsed<K, V extends AutoCloseable> implements AutoCloseable {

    private final int capacity;
    private final Map<K, V> values = new LinkedHashMap<>(16, 0.75f, true);

    /** @param capacity at least as many as one computation needs at the same time */
    RecentlyUsed(int capacity) {
        this.capacity = capacity;
    }

    /** The value of a key, made now if it is not among the latest. It may be closed by {@code capacity} further calls. */
    V get(K key, Function<K, V> maker) {
        V value = values.get(key);
        if (value == null) {
            value = maker.apply(key);
            values.put(key, value);
            if (values.size() > capacity) {
                Iterator<V> eldest = values.values().iterator();
                close(eldest.next());
                eldest.remove();
            }
        }
        return value;
    }

    @Override
    public void close() {
        values.values().forEach(RecentlyUsed::close);
        values.clear();
    }

    private static void close(AutoCloseable value) {
        try {
            value.close();
        } catch (Exception e) {
            throw new IllegalStateException("closing a tensor failed", e);
        }
    }
}
