package org.riffloom.checkpoint.hub;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A hub with one model, as the Hugging Face hub answers: small files itself, large ones by a redirect to another host.
 * It can be told to misbehave.
 */
public final class HubServer implements AutoCloseable {

    public static final String MODEL = "org/tiny";
    public static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    /** Files from this size on lie on the other host and are named after their SHA-256. */
    private static final int LARGE = 10_000;

    /** What one request found. */
    public record Request(
            String path,
            String host,
            @Nullable String token,
            @Nullable String range,
            @Nullable String ifRange) {}

    /** How to misbehave, once. */
    sealed interface Fault {
        record Status(int code, Map<String, String> headers) implements Fault {}

        record CutAfter(int bytes) implements Fault {}

        record Silence(int afterBytes) implements Fault {}

        record Redirect(String location) implements Fault {}
    }

    private final Map<String, byte[]> files = new TreeMap<>();
    private final Map<String, byte[]> lies = new ConcurrentHashMap<>();
    private final Map<String, Deque<Fault>> faults = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final HttpServer hub;
    private final HttpServer storage;
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    volatile boolean ignoresRange;
    volatile String eTagPrefix = "";
    volatile int chunkPauseMillis;

    public HubServer() {
        hub = start(this::answerAsHub);
        storage = start(this::answerAsStorage);
    }

    private HttpServer start(com.sun.net.httpserver.HttpHandler handler) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext("/", exchange -> {
                try {
                    handler.handle(exchange);
                } finally {
                    exchange.close();
                }
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI endpoint() {
        return URI.create("http://localhost:" + hub.getAddress().getPort());
    }

    /** Serves a folder's files. */
    public HubServer serve(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                serve(folder.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
            }
        }
        return this;
    }

    public HubServer serve(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    /** Announces one content and sends another. */
    void lie(String path, byte[] content) {
        lies.put(path, content);
    }

    /** Misbehaves at the next requests of a path, in this order; {@code /api} is the listing. */
    void fail(String path, Fault... next) {
        faults.computeIfAbsent(path, any -> new ArrayDeque<>()).addAll(List.of(next));
    }

    public List<Request> requests() {
        return requests;
    }

    List<Request> requestsOf(String path) {
        return requests.stream().filter(request -> request.path().equals(path)).toList();
    }

    int mostAtOnce() {
        return mostAtOnce.get();
    }

    private @Nullable Fault fault(String path) {
        Deque<Fault> next = faults.get(path);
        synchronized (this) {
            return next == null ? null : next.poll();
        }
    }

    private Request note(HttpExchange exchange, String path) {
        Headers headers = exchange.getRequestHeaders();
        Request request = new Request(
                path,
                headers.getFirst("Host"),
                headers.getFirst("Authorization"),
                headers.getFirst("Range"),
                headers.getFirst("If-Range"));
        requests.add(request);
        return request;
    }

    private void answerAsHub(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String api = "/api/models/" + MODEL + "/revision/";
        String resolve = "/" + MODEL + "/resolve/" + COMMIT + "/";
        if (path.startsWith(api)) {
            note(exchange, "/api");
            if (!misbehaves(exchange, fault("/api"))) {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                send(exchange, 200, listing().getBytes(StandardCharsets.UTF_8));
            }
        } else if (path.startsWith(resolve) && files.containsKey(path.substring(resolve.length()))) {
            String file = path.substring(resolve.length());
            Request request = note(exchange, file);
            if (files.get(file).length >= LARGE) {
                exchange.getResponseHeaders()
                        .set(
                                "Location",
                                "http://127.0.0.1:" + storage.getAddress().getPort() + "/signed/" + file
                                        + "?signature=x");
                exchange.sendResponseHeaders(302, -1);
            } else {
                sendFile(exchange, file, request);
            }
        } else {
            note(exchange, path);
            exchange.getResponseHeaders().set("X-Error-Message", "Repository not found");
            exchange.sendResponseHeaders(404, -1);
        }
    }

    private void answerAsStorage(HttpExchange exchange) throws IOException {
        String file = exchange.getRequestURI().getPath().substring("/signed/".length());
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        try {
            sendFile(exchange, file, note(exchange, "storage:" + file));
        } finally {
            atOnce.decrementAndGet();
        }
    }

    private boolean misbehaves(HttpExchange exchange, @Nullable Fault fault) throws IOException {
        if (fault instanceof Fault.Status status) {
            status.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(status.code(), -1);
        } else if (fault instanceof Fault.Redirect redirect) {
            exchange.getResponseHeaders().set("Location", redirect.location());
            exchange.sendResponseHeaders(302, -1);
        } else {
            return false;
        }
        return true;
    }

    private void sendFile(HttpExchange exchange, String file, Request request) throws IOException {
        Fault fault = fault(file);
        if (misbehaves(exchange, fault)) {
            return;
        }
        byte[] content = lies.getOrDefault(file, files.get(file));
        String tag = eTagPrefix + "\"" + sha("SHA-256", content).substring(0, 16) + "\"";
        exchange.getResponseHeaders().set("ETag", tag);
        int from = 0;
        boolean sameFile = request.ifRange() == null || request.ifRange().equals(tag);
        if (request.range() != null && sameFile && !ignoresRange) {
            from = Integer.parseInt(request.range().replaceAll("bytes=(\\d+)-", "$1"));
            if (from >= content.length) {
                exchange.sendResponseHeaders(416, -1);
                return;
            }
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        int until = content.length;
        if (fault instanceof Fault.CutAfter cut) {
            until = Math.min(content.length, from + cut.bytes());
        } else if (fault instanceof Fault.Silence silence) {
            until = Math.min(content.length, from + silence.afterBytes());
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length == from ? -1 : content.length - from);
        for (int at = from; at < until; at += 4096) {
            exchange.getResponseBody().write(content, at, Math.min(4096, until - at));
            sleep(chunkPauseMillis);
        }
        exchange.getResponseBody().flush();
        if (fault instanceof Fault.Silence) {
            sleep(20_000);
        }
    }

    private void sleep(int millis) {
        try {
            if (millis > 0 && closing.await(millis, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("the server closes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] content) throws IOException {
        exchange.sendResponseHeaders(status, content.length);
        exchange.getResponseBody().write(content);
    }

    private String listing() {
        StringBuilder json = new StringBuilder("{\"id\":\"" + MODEL + "\",\"sha\":\"" + COMMIT + "\",\"siblings\":[");
        files.forEach((path, content) -> {
            String separator = json.charAt(json.length() - 1) == '[' ? "" : ",";
            String large = content.length < LARGE
                    ? ""
                    : ",\"lfs\":{\"sha256\":\"%s\",\"size\":%d,\"pointerSize\":134}"
                            .formatted(sha("SHA-256", content), content.length);
            json.append("%s{\"rfilename\":\"%s\",\"size\":%d,\"blobId\":\"%s\"%s}"
                    .formatted(separator, path, content.length, blobId(content), large));
        });
        return json.append("]}").toString();
    }

    /** What the file is called in a cache. */
    static String hash(byte[] content) {
        return content.length < LARGE ? blobId(content) : sha("SHA-256", content);
    }

    private static String blobId(byte[] content) {
        byte[] head = ("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[head.length + content.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(content, 0, all, head.length, content.length);
        return sha("SHA-1", all);
    }

    private static String sha(String algorithm, byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        hub.stop(0);
        storage.stop(0);
        threads.shutdownNow();
    }
}
