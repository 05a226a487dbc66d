package org.riffloom.guard;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses what pages of other origins may not do: open a WebSocket, or change something. */
final class OriginFilter extends OncePerRequestFilter {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final OriginPolicy policy;

    OriginFilter(OriginPolicy policy) {
        this.policy = policy;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return SAFE.contains(request.getMethod()) && !opensWebSocket(request);
    }

    private static boolean opensWebSocket(HttpServletRequest request) {
        return Collections.list(request.getHeaders(HttpHeaders.UPGRADE)).stream()
                .anyMatch(upgrade -> upgrade.toLowerCase(Locale.ROOT).contains("websocket"));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (policy.allows(origin, request.getScheme(), request.getServerName(), request.getServerPort())) {
            chain.doFilter(request, response);
            return;
        }
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        response.setContentType(MediaType.TEXT_PLAIN_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.getWriter().println("Pages of this origin may not do this; riffloom.allowed-origins can name it.");
    }
}
