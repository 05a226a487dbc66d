package org.riffloom.stream;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;

/**
 * What is on its way to a client. Writing to a socket blocks for as long as the client does not read, which must never
 * hold up a worker or another session; so frames wait here, up to a bound, and one task at a time sends them. A client
 * for whom too much piles up is closed.
 *
 * <p>The fields belong to this object's monitor, which is never held while something is sent.
 */
final class Outbox {

    private static final Logger log = LoggerFactory.getLogger(Outbox.class);
    private static final CloseStatus TOO_SLOW = CloseStatus.POLICY_VIOLATION.withReason("The client reads too slowly.");

    private final WebSocketSession socket;
    private final Executor sender;
    private final long maxBytes;

    private final Queue<Frame> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean sending;
    private boolean closed;
    private @Nullable CloseStatus closing;

    Outbox(WebSocketSession socket, Executor sender, long maxBytes) {
        this.socket = socket;
        this.sender = sender;
        this.maxBytes = maxBytes;
    }

    /** Sends frames with nothing between them, after those that wait; drops them once the outbox is closing. */
    synchronized void send(List<WebSocketMessage<?>> frames) {
        if (closing != null) {
            return;
        }
        List<Frame> sized = frames.stream().map(Frame::of).toList();
        long bytes = sized.stream().mapToLong(Frame::bytes).sum();
        if (waitingBytes + bytes > maxBytes) {
            waiting.clear();
            closing = TOO_SLOW;
        } else {
            waitingBytes += bytes;
            waiting.addAll(sized);
        }
        ensureSending();
    }

    /** Closes the connection, after what waits has been sent. */
    synchronized void close(CloseStatus status) {
        if (closing == null) {
            closing = status;
            ensureSending();
        }
    }

    private void ensureSending() {
        if (!sending) {
            sending = true;
            sender.execute(this::drain);
        }
    }

    private void drain() {
        Frame sent = null;
        while ((sent = exchange(sent)) != null) {
            try {
                socket.sendMessage(sent.message());
            } catch (IOException | RuntimeException e) {
                // The client has gone, or Tomcat gave up waiting for it; it tells the handler in either case.
                log.debug("A frame could not be sent", e);
                abandon();
            }
        }
        closeIfAsked();
    }

    private synchronized @Nullable Frame exchange(@Nullable Frame sent) {
        if (sent != null) {
            waitingBytes -= sent.bytes();
        }
        Frame next = waiting.poll();
        sending = next != null;
        return next;
    }

    private synchronized void abandon() {
        waiting.clear();
        if (closing == null) {
            closing = CloseStatus.SESSION_NOT_RELIABLE;
        }
    }

    private void closeIfAsked() {
        CloseStatus status;
        synchronized (this) {
            if (closing == null || closed || sending) {
                return;
            }
            closed = true;
            status = closing;
        }
        try {
            socket.close(status);
        } catch (IOException | RuntimeException e) {
            log.debug("A connection could not be closed properly", e);
        }
    }

    /** A message and its size, which a binary message no longer knows once it has been sent. */
    private record Frame(WebSocketMessage<?> message, int bytes) {
        static Frame of(WebSocketMessage<?> message) {
            return new Frame(message, message.getPayloadLength());
        }
    }
}
