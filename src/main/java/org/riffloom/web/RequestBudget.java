package org.riffloom.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How many requests each client may still send now, and all of them together: two token buckets for each request, each of a
 * minute's worth. Constant memory: of very many clients those that were away longest are forgotten, and what they can
 * gain by that is bounded by what all may send.
 */
public final class RequestBudget {

    private static final int MAX_CLIENTS = 4_096;
    private static final long NANOS_PER_MINUTE = 60_000_000_000L;
    /** Whoever has an IPv6 address has this many bytes of it in common with a whole network of their own. */
    private static final int NETWORK_BYTES = 8;

    private static final int MAX_NAME = 64;

    private final int perClient;
    private final LongSupplier nanoTime;
    private final Bucket all;
    private final Map<String, Bucket> clients = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param perClient requests in a minute
     * @param all requests of all clients in a minute
     * @param nanoTime a clock, such as {@link System#nanoTime}
     */
    public RequestBudget(int perClient, int all, LongSupplier nanoTime) {
        this.perClient = perClient;
        this.nanoTime = nanoTime;
        this.all = new Bucket(all, nanoTime.getAsLong());
    }

    /**
     * Asks for a request to be allowed.
     *
     * @param address that it comes from
     * @return zero if it is, or else how long to wait before the next try; one that is refused costs nothing
     */
    public synchronized Duration spend(String address) {
        long now = nanoTime.getAsLong();
        Bucket own = clients.computeIfAbsent(client(address), unseen -> new Bucket(perClient, now));
        if (clients.size() > MAX_CLIENTS) {
            clients.remove(clients.keySet().iterator().next());
        }
        long wait = Math.max(own.nanosToNext(now), all.nanosToNext(now));
        if (wait > 0) {
            return Duration.ofNanos(wait);
        }
        own.take(now);
        all.take(now);
        return Duration.ZERO;
    }

    /**
     * What counts as one client.
     *
     * @param address that a request comes from
     */
    public static String client(String address) {
        if (address.indexOf(':') >= 0) {
            try {
                // With a colon in it, it is never looked up as a name.
                if (InetAddress.getByName(address) instanceof Inet6Address six) {
                    return HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), NETWORK_BYTES));
                }
            } catch (UnknownHostException e) {
                return address.substring(0, Math.min(MAX_NAME, address.length()));
            }
        }
        return address.substring(0, Math.min(MAX_NAME, address.length()));
    }

    /** Kept as the moment at which it will be full again, as the generic cell rate algorithm does: whole numbers only. */
    private static final class Bucket {

        private final long interval;
        private final long size;
        private long fullAt;

        Bucket(int perMinute, long now) {
            this.interval = NANOS_PER_MINUTE / perMinute;
            this.size = interval * perMinute;
            this.fullAt = now;
        }

        long nanosToNext(long now) {
            return Math.max(0, fullAt - now + interval - size);
        }

        void take(long now) {
            fullAt = now + Math.max(0, fullAt - now) + interval;
        }
    }
}
