package org.riffloom.guard;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.web.filter.OncePerRequestFilter;

/** Puts the security headers on every response, errors and handshakes included. */
final class SecurityHeadersFilter extends OncePerRequestFilter {

    private final Map<String, String> headers;

    SecurityHeadersFilter(String contentSecurityPolicy) {
        this.headers = Map.of(
                "Content-Security-Policy", contentSecurityPolicy,
                "X-Content-Type-Options", "nosniff",
                // For browsers that do not know frame-ancestors.
                "X-Frame-Options", "DENY",
                "Referrer-Policy", "no-referrer",
                "Cross-Origin-Opener-Policy", "same-origin",
                "Permissions-Policy",
                        "camera=(), microphone=(self), geolocation=(), payment=(), usb=(), autoplay=(self), fullscreen=(self)");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        headers.forEach(response::setHeader);
        chain.doFilter(request, response);
    }
}
