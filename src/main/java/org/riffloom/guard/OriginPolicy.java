package org.riffloom.guard;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which pages may talk to this server.
 *
 * <p>A browser names the origin of the page with every WebSocket and every unsafe request, and no script can change or
 * hide it. So a request without an origin does not come from a foreign page, but from a program, which could name any
 * origin it liked: refusing it would protect nobody. An origin of {@code null}, which sandboxed pages and local files
 * have, is a foreign one.
 */
final class OriginPolicy {

    private static final String ANY = "*";
    private static final Map<String, Integer> DEFAULT_PORTS = Map.of("http", 80, "https", 443);

    private final List<String> allowed;

    /** Allows these origins beside the server's own. */
    OriginPolicy(List<String> allowed) {
        this.allowed = allowed.stream().map(OriginPolicy::normalized).toList();
    }

    /**
     * Whether a page may.
     *
     * @param origin of the page, as the browser says
     * @param scheme by which the server believes to have been reached
     * @param host by which it was reached
     * @param port by which it was reached
     */
    boolean allows(@Nullable String origin, String scheme, String host, int port) {
        return origin == null || names(origin) || isSame(origin, scheme, host, port);
    }

    /** Whether the settings name this origin, or all of them. */
    boolean names(String origin) {
        return allowed.contains(ANY) || allowed.contains(normalized(origin));
    }

    /** Whether the settings name any. */
    boolean namesAny() {
        return !allowed.isEmpty();
    }

    /**
     * Compares hosts and ports. Not schemes: behind a proxy that speaks TLS, the page is https and the server does not
     * know; but then both ports are the default ones of their schemes.
     */
    private static boolean isSame(String origin, String scheme, String host, int port) {
        URI uri;
        try {
            uri = new URI(origin);
        } catch (URISyntaxException e) {
            return false;
        }
        Integer defaultPort = uri.getScheme() == null ? null : DEFAULT_PORTS.get(uri.getScheme());
        if (defaultPort == null || !host.equalsIgnoreCase(uri.getHost())) {
            return false;
        }
        int originPort = uri.getPort() < 0 ? defaultPort : uri.getPort();
        boolean bothDefault = originPort == defaultPort && port == DEFAULT_PORTS.getOrDefault(scheme, -1);
        return originPort == port || bothDefault;
    }

    private static String normalized(String origin) {
        String trimmed = origin.strip().toLowerCase(Locale.ROOT);
        return trimmed.endsWith("/") ? trimmed.substring(0, trimmed.length() - 1) : trimmed;
    }
}
