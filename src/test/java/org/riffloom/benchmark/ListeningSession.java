package org.riffloom.benchmark;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Listens to a running server in real time, as the page does, and prints what a listener would have felt: the wait for
 * the first clip, the time each clip took to make, silences, and the server's resident memory over time.
 *
 * <p>Arguments: the socket's address (on the loopback interface), minutes to listen, the server's process id (for its
 * memory, Linux only; 0 for none), then the prompts, which are spread evenly over the session.
 */
public final class ListeningSession implements WebSocket.Listener {

    private static final Duration NO_ANSWER = Duration.ofSeconds(60);

    private final JsonMapper json = new JsonMapper();
    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final long serverPid;
    private long started;

    private ListeningSession(long serverPid) {
        this.serverPid = serverPid;
    }

    public static void main(String[] args) throws Exception {
        if (args.length < 4) {
            System.err.println("usage: ListeningSession ws://localhost:8080/ws/riff MINUTES SERVER_PID PROMPT...");
            System.exit(2);
        }
        var session = new ListeningSession(Long.parseLong(args[2]));
        session.listen(
                URI.create(args[0]), Double.parseDouble(args[1]), List.of(args).subList(3, args.length));
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            messages.add(json.readTree(text.toString()));
            text.setLength(0);
        }
        socket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        socket.request(1);
        return null;
    }

    private void listen(URI address, double minutes, List<String> prompts) throws Exception {
        try (var memory = new MemoryLog(serverPid)) {
            WebSocket socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(address, this)
                    .join();
            await("hello");
            started = System.nanoTime();
            memory.start(started);
            send(socket, "start", prompts.get(0));
            int sent = 1;
            double end = minutes * 60;
            double silence = 0;
            double playedUntil = 0;
            List<Double> arrivals = new ArrayList<>();
            List<Double> margins = new ArrayList<>();
            List<Integer> toPlay = new ArrayList<>();
            List<Double> playAt = new ArrayList<>();
            while (seconds() < end) {
                if (sent < prompts.size() && seconds() >= sent * end / prompts.size()) {
                    send(socket, "prompt", prompts.get(sent++));
                }
                while (!playAt.isEmpty() && playAt.get(0) <= seconds()) {
                    playAt.remove(0);
                    socket.sendText("{\"type\":\"played\",\"index\":" + toPlay.remove(0) + "}", true)
                            .join();
                }
                JsonNode message = messages.poll(20, TimeUnit.MILLISECONDS);
                if (message == null) {
                    continue;
                }
                switch (message.path("type").asString()) {
                    case "clip" -> {
                        double now = seconds();
                        int index = message.path("index").asInt();
                        if (arrivals.isEmpty()) {
                            playedUntil = now;
                            System.out.printf(Locale.ROOT, "first clip after %.2f s%n", now);
                        } else if (now > playedUntil) {
                            silence += now - playedUntil;
                            System.out.printf(
                                    Locale.ROOT, "ran dry before clip %d for %.2f s%n", index, now - playedUntil);
                            playedUntil = now;
                        }
                        margins.add(playedUntil - now);
                        arrivals.add(now);
                        toPlay.add(index);
                        playAt.add(playedUntil);
                        playedUntil += message.path("seconds").asDouble();
                        System.out.printf(
                                Locale.ROOT,
                                "%7.2f s clip %3d  made in %.2f s  %s -> %s  alpha %.2f  seeds %s %s%n",
                                now,
                                index,
                                message.path("generationSeconds").asDouble(Double.NaN),
                                message.path("startPrompt").asString(),
                                message.path("endPrompt").asString(),
                                message.path("alpha").asDouble(),
                                message.path("startSeed").asString(),
                                message.path("endSeed").asString());
                    }
                    case "error" -> System.out.println("error: " + message);
                    default -> {}
                }
            }
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
            System.out.printf(
                    Locale.ROOT,
                    "%d clips in %.0f s; silence %.2f s; least margin %.2f s%n",
                    arrivals.size(),
                    end,
                    silence,
                    margins.stream()
                            .skip(1)
                            .mapToDouble(Double::doubleValue)
                            .min()
                            .orElse(Double.NaN));
        }
        System.exit(0);
    }

    private double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }

    private void await(String type) throws InterruptedException {
        JsonNode message;
        do {
            message = messages.poll(NO_ANSWER.toSeconds(), TimeUnit.SECONDS);
            if (message == null) {
                throw new IllegalStateException("The server sent no " + type + " within " + NO_ANSWER);
            }
        } while (!message.path("type").asString().equals(type));
    }

    private void send(WebSocket socket, String type, String prompt) {
        String message = json.writeValueAsString(
                json.createObjectNode().put("type", type).put("prompt", prompt));
        System.out.printf(Locale.ROOT, "%7.2f s %s%n", seconds(), message);
        socket.sendText(message, true).join();
    }

    /** Prints a process's resident set every half minute. */
    private static final class MemoryLog implements AutoCloseable {

        private final Path status;
        private final Thread thread;
        private volatile long started;

        MemoryLog(long pid) {
            this.status = Path.of("/proc/" + pid + "/status");
            this.thread = new Thread(this::log, "memory-log");
            thread.setDaemon(true);
        }

        void start(long started) {
            this.started = started;
            if (Files.exists(status)) {
                thread.start();
            }
        }

        @Override
        public void close() {
            thread.interrupt();
        }

        private void log() {
            try {
                while (true) {
                    for (String line : Files.readAllLines(status)) {
                        if (line.startsWith("VmRSS")) {
                            System.out.printf(Locale.ROOT, "%7.2f s %s%n", (System.nanoTime() - started) / 1e9, line);
                        }
                    }
                    Thread.sleep(30_000);
                }
            } catch (IOException | InterruptedException over) {
                // The server is gone or the session has ended: nothing more to log.
            }
        }
    }
}
