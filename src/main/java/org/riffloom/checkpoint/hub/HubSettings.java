package org.riffloom.checkpoint.hub;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where models come from and where they are kept, with the defaults and the environment variables of Python's
 * {@code huggingface_hub}.
 *
 * @param endpoint the hub's address
 * @param cache folder of fetched models
 * @param token that lets gated models be read, or {@code null}
 * @param offline whether to use nothing but the cache
 */
public record HubSettings(
        URI endpoint, Path cache, @Nullable String token, boolean offline) {

    private static final String PUBLIC_HUB = "https://huggingface.co";

    /** Of this process.
     *
     * @param endpoint empty for {@code HF_ENDPOINT} or the public hub
     * @param cache empty for {@code HF_HUB_CACHE} or the platform's cache folder
     * @throws IllegalArgumentException if the endpoint is no http or https address
     */
    public static HubSettings of(String endpoint, String cache) {
        return of(endpoint, cache, System.getenv(), Path.of(System.getProperty("user.home")));
    }

    static HubSettings of(String endpoint, String cache, Map<String, String> environment, Path home) {
        String xdgCache =
                value(environment, "XDG_CACHE_HOME", home.resolve(".cache").toString());
        Path hfHome = path(value(environment, "HF_HOME", xdgCache + "/huggingface"), home);
        String older = value(
                environment, "HUGGINGFACE_HUB_CACHE", hfHome.resolve("hub").toString());
        String cacheFolder = cache.isBlank() ? value(environment, "HF_HUB_CACHE", older) : cache;
        String address = endpoint.isBlank() ? value(environment, "HF_ENDPOINT", PUBLIC_HUB) : endpoint;
        return new HubSettings(
                endpoint(address), path(cacheFolder, home), token(environment, hfHome, home), isOffline(environment));
    }

    private static URI endpoint(String address) {
        URI uri;
        try {
            uri = URI.create(address.strip().replaceFirst("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw noEndpoint(address);
        }
        if (uri.getHost() == null
                || !(Objects.equals(uri.getScheme(), "https") || Objects.equals(uri.getScheme(), "http"))) {
            throw noEndpoint(address);
        }
        return uri;
    }

    private static IllegalArgumentException noEndpoint(String address) {
        return new IllegalArgumentException("The hub's endpoint is \"" + address
                + "\" (riffloom.hub.endpoint or HF_ENDPOINT); it must be an address such as " + PUBLIC_HUB + ".");
    }

    private static @Nullable String token(Map<String, String> environment, Path hfHome, Path home) {
        String token = value(environment, "HF_TOKEN", value(environment, "HUGGING_FACE_HUB_TOKEN", ""));
        if (!token.isEmpty()) {
            return token;
        }
        Path file =
                path(value(environment, "HF_TOKEN_PATH", hfHome.resolve("token").toString()), home);
        try {
            String kept = Files.isRegularFile(file) ? Files.readString(file).strip() : "";
            return kept.isEmpty() ? null : kept;
        } catch (IOException e) {
            // Whoever cannot read it has none; a gated model then says so.
            return null;
        }
    }

    private static boolean isOffline(Map<String, String> environment) {
        return value(environment, "HF_HUB_OFFLINE", "").matches("(?i)1|on|yes|true");
    }

    private static String value(Map<String, String> environment, String name, String fallback) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? fallback : value.strip();
    }

    private static Path path(String text, Path home) {
        return text.equals("~") || text.startsWith("~/")
                ? home.resolve(text.substring(1).replaceFirst("^/", ""))
                : Path.of(text);
    }

    /** Without the token, which has no place in a log. */
    @Override
    public String toString() {
        return endpoint + ", kept in " + cache;
    }
}
