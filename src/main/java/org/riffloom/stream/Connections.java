package org.riffloom.stream;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.riffloom.clip.HeardClips;
import org.riffloom.clip.ModelLoading;
import org.riffloom.clip.SharedMoments;
import org.riffloom.work.WorkQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;

/**
 * The clients that are connected: admits no more than there are places for, notices those that have gone without a
 * word, and says goodbye to all of them when the server shuts down, which the web server's graceful shutdown does not.
 */
final class Connections implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Connections.class);
    private static final int GOODBYE_SECONDS = 5;

    /** How often clients hear how far the download of the model is. */
    private static final int NEWS_SECONDS = 1;

    private final StreamProperties properties;
    private final ModelLoading loading;
    private final WorkQueue queue;
    private final SharedMoments moments;
    private final HeardClips heard;
    private final Map<String, Connection> connections = new ConcurrentHashMap<>();
    /**
     * One thread for each client that is being sent something; a bounded number, as clients are. After the goodbyes,
     * what a job in its last moments has to say is dropped.
     */
    private final ExecutorService senders = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            1,
            TimeUnit.MINUTES,
            new SynchronousQueue<>(),
            daemons("riffloom-send-"),
            new ThreadPoolExecutor.DiscardPolicy());

    private final ScheduledExecutorService heart =
            Executors.newSingleThreadScheduledExecutor(daemons("riffloom-heartbeat-"));
    private @Nullable ScheduledFuture<?> heartbeat;
    private boolean stopping;

    Connections(
            StreamProperties properties,
            ModelLoading loading,
            WorkQueue queue,
            SharedMoments moments,
            HeardClips heard) {
        this.properties = properties;
        this.loading = loading;
        this.queue = queue;
        this.moments = moments;
        this.heard = heard;
    }

    private static ThreadFactory daemons(String prefix) {
        CustomizableThreadFactory threads = new CustomizableThreadFactory(prefix);
        threads.setDaemon(true);
        return threads;
    }

    /** Takes a client in, if there is a place. */
    Optional<Connection> admit(WebSocketSession socket) {
        Connection connection = new Connection(socket, properties, senders);
        synchronized (this) {
            if (stopping || connections.size() >= properties.maxSessions()) {
                return Optional.empty();
            }
            connections.put(socket.getId(), connection);
        }
        loading.download().ifPresent(connection::loading);
        loading.model()
                .thenAccept(model -> connection.ready(model, queue, moments, heard))
                .exceptionally(failure -> {
                    log.warn("A session could not be opened: {}", failure.toString());
                    connection.unavailable(loading.unavailable());
                    return null;
                });
        return Optional.of(connection);
    }

    Optional<Connection> find(WebSocketSession socket) {
        return Optional.ofNullable(connections.get(socket.getId()));
    }

    /** The client has gone. */
    void remove(WebSocketSession socket) {
        Connection connection = connections.remove(socket.getId());
        if (connection != null) {
            connection.end();
        }
    }

    /** How many clients are connected. */
    int count() {
        return connections.size();
    }

    /** Whether the server shuts down. */
    synchronized boolean isStopping() {
        return stopping;
    }

    private void beat() {
        connections.forEach((id, connection) -> {
            if (connection.isSilent()) {
                // Its place is free at once; what the dead connection still holds ends with the send time-out.
                connections.remove(id, connection);
                connection.close(CloseStatus.POLICY_VIOLATION.withReason("The client gave no sign of life."));
            } else {
                connection.ping();
            }
        });
    }

    private void tellOfDownload() {
        loading.download().ifPresent(progress -> connections.values().forEach(each -> each.loading(progress)));
    }

    @Override
    public synchronized void start() {
        ScheduledFuture<?> news =
                heart.scheduleAtFixedRate(this::tellOfDownload, NEWS_SECONDS, NEWS_SECONDS, TimeUnit.SECONDS);
        loading.model().whenComplete((model, failure) -> news.cancel(false));
        long millis = properties.pingInterval().toMillis();
        heartbeat = heart.scheduleAtFixedRate(this::beat, millis, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        synchronized (this) {
            stopping = true;
            heartbeat = null;
        }
        heart.shutdownNow();
        connections.values().forEach(connection -> connection.close(CloseStatus.GOING_AWAY));
        senders.shutdown();
        try {
            if (!senders.awaitTermination(GOODBYE_SECONDS, TimeUnit.SECONDS)) {
                log.info("Some clients did not take their goodbye within {} seconds", GOODBYE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return heartbeat != null;
    }
}
