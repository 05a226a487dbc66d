package org.riffloom.guard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;

/**
 * What the page may load and run: nothing but files of this server. The one inline script is the import map, since
 * browsers take no import map from a file. It is admitted by its hash, worked out from the pages themselves when the
 * server starts, so they remain plain files that a browser can cache; a nonce would need a page made for every request.
 */
final class ContentSecurityPolicy {

    private static final Pattern IMPORT_MAP = Pattern.compile(
            "<script\\b[^>]*\\btype\\s*=\\s*[\"']?importmap[\"']?[^>]*>(.*?)</script>",
            Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private ContentSecurityPolicy() {}

    /** The header for these pages. */
    static String forPages(Resource... pages) throws IOException {
        List<String> scripts = new ArrayList<>(List.of("'self'"));
        for (Resource page : pages) {
            scripts.addAll(importMapHashes(page.getContentAsString(StandardCharsets.UTF_8)));
        }
        return String.join(
                "; ",
                "default-src 'none'",
                "script-src " + String.join(" ", scripts),
                "style-src 'self'",
                "img-src 'self' blob: data:",
                "media-src 'self' blob:",
                "font-src 'self'",
                // Covers ws: and wss: to this server.
                "connect-src 'self'",
                "worker-src 'self'",
                "manifest-src 'self'",
                "base-uri 'none'",
                "form-action 'none'",
                "frame-ancestors 'none'");
    }

    /** A hash is of what the HTML parser hands on, in which every line end is a line feed. */
    private static List<String> importMapHashes(String html) {
        List<String> hashes = new ArrayList<>();
        Matcher maps = IMPORT_MAP.matcher(html.replace("\r\n", "\n"));
        while (maps.find()) {
            hashes.add("'sha256-" + sha256(maps.group(1)) + "'");
        }
        return hashes;
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
