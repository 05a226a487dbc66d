package org.riffloom.checkpoint.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks a hub, once: follows redirects, which lead from the hub to wherever it keeps large files, and sends the token to
 * the hub alone.
 */
final class HubClient {

    private static final int MAX_REDIRECTS = 8;
    private static final int MAX_TOLD = 200;

    private final HubSettings settings;
    private final Patience patience;
    private final HttpClient http;

    HubClient(HubSettings settings, Patience patience) {
        this.settings = settings;
        this.patience = patience;
        // The JDK would follow redirects with the token. One connection for each file needs no HTTP/2.
        this.http = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience.connect())
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /** The address of a path on the hub, its segments given unencoded. */
    URI address(String... segments) {
        StringBuilder address = new StringBuilder(settings.endpoint().toString());
        for (String segment : segments) {
            address.append('/')
                    .append(URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"));
        }
        return URI.create(address.toString());
    }

    /**
     * Gets what an address leads to.
     *
     * @return an answer with status 200, 206 or 416, to be closed
     * @throws HubException if trying again would not help
     * @throws IOException if it might
     */
    HttpResponse<InputStream> get(HubId model, URI address, Map<String, String> headers) throws IOException {
        URI target = address;
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            HttpResponse<InputStream> answer = ask(model, target, headers);
            int status = answer.statusCode();
            if (status == 200 || status == 206 || status == 416) {
                return answer;
            }
            answer.body().close();
            if (status < 300 || status >= 400) {
                throw failure(model, target, answer);
            }
            target = redirected(model, target, answer);
        }
        throw new HubException.Corrupt(
                model.toString(), "the hub redirects in circles, last to " + target.getHost() + ".");
    }

    private HttpResponse<InputStream> ask(HubId model, URI target, Map<String, String> headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(target).header("User-Agent", "riffloom");
        headers.forEach(request::header);
        String token = settings.token();
        if (token != null && sameOrigin(target, settings.endpoint())) {
            request.header("Authorization", "Bearer " + token);
        }
        CompletableFuture<HttpResponse<InputStream>> answer =
                http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try {
            // Not the request's own timeout: on recent JDKs that one includes the body, which may take an hour.
            return answer.get(patience.answer().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new TransientFailure(
                    target.getHost() + " did not answer within "
                            + patience.answer().toSeconds() + " s",
                    null);
        } catch (ExecutionException e) {
            throw new TransientFailure(target.getHost() + " cannot be reached (" + e.getCause() + ")", null);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new HubException.Interrupted(model.toString(), "the download was stopped.");
        }
    }

    private static boolean sameOrigin(URI a, URI b) {
        return Objects.equals(a.getScheme(), b.getScheme())
                && a.getHost().equalsIgnoreCase(b.getHost())
                && port(a) == port(b);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
    }

    private static URI redirected(HubId model, URI from, HttpResponse<?> answer) {
        String location = answer.headers().firstValue("Location").orElse("");
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new HubException.Corrupt(model.toString(), "the hub redirects to no address.");
        }
        boolean known =
                "https".equals(to.getScheme()) || ("http".equals(to.getScheme()) && "http".equals(from.getScheme()));
        if (location.isEmpty() || to.getHost() == null || !known) {
            throw new HubException.Corrupt(
                    model.toString(),
                    "the hub redirects to " + to.getScheme() + "://" + to.getHost() + ", which is not followed.");
        }
        return to;
    }

    private IOException failure(HubId model, URI target, HttpResponse<?> answer) {
        int status = answer.statusCode();
        String name = model.toString();
        String told = told(answer);
        switch (status) {
            case 401 ->
                throw new HubException.Denied(
                        name,
                        settings.token() == null
                                ? "the hub does not show it (401" + told
                                        + "). Either there is no such model, or it is private or"
                                        + " gated: then set HF_TOKEN to an access token that may read it."
                                : "the hub does not accept the token or has no such model (401" + told
                                        + "). Set HF_TOKEN to an access token that may read it.");
            case 403 ->
                throw new HubException.Denied(
                        name,
                        "the hub refuses to let it be read (403" + told + "). Accept its conditions at "
                                + settings.endpoint() + "/" + model.name()
                                + " and set HF_TOKEN to an access token of that account.");
            case 404 ->
                throw new HubException.NotFound(
                        name,
                        "the hub has no such model or revision (404" + told + ") at " + settings.endpoint() + ".");
            case 408, 425, 429, 500, 502, 503, 504 -> {
                return new TransientFailure(target.getHost() + " answers " + status + told, retryAfter(answer));
            }
            default ->
                throw new HubException.Corrupt(
                        name, target.getHost() + " answers " + status + told + ", which is not expected.");
        }
    }

    /** What the hub says in words, cut to a harmless length. */
    private static String told(HttpResponse<?> answer) {
        String text = answer.headers().firstValue("X-Error-Message").orElse("").replaceAll("\\p{Cntrl}", " ");
        return text.isBlank()
                ? ""
                : ", \"" + text.substring(0, Math.min(MAX_TOLD, text.length())).strip() + "\"";
    }

    private static @Nullable Duration retryAfter(HttpResponse<?> answer) {
        String text = answer.headers().firstValue("Retry-After").orElse("").strip();
        if (text.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(Instant.now(), date);
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
