package org.riffloom.stream;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * The settings of live sessions, {@code riffloom.stream.*}.
 *
 * @param ahead clips that the stream stays ahead of the one that sounds
 * @param maxSessions listeners at the same time
 * @param maxWaitingPrompts that a listener may have in line
 * @param messagesPerSecond that a client may send for long; four times as many at once
 * @param buffer bytes that may be on their way to one client
 * @param sendTimeout after which a client that does not read is closed
 * @param pingInterval between two signs of life that are asked for
 * @param idleTimeout after which a client that gave none counts as gone
 */
@ConfigurationProperties("riffloom.stream")
public record StreamProperties(
        int ahead,
        int maxSessions,
        int maxWaitingPrompts,
        int messagesPerSecond,
        DataSize buffer,
        Duration sendTimeout,
        Duration pingInterval,
        Duration idleTimeout) {

    static final int MAX_AHEAD = 5;

    public StreamProperties {
        require(ahead >= 1 && ahead <= MAX_AHEAD, "ahead", ahead, "between 1 and " + MAX_AHEAD);
        require(maxSessions >= 1, "max-sessions", maxSessions, "at least 1");
        require(maxWaitingPrompts >= 1, "max-waiting-prompts", maxWaitingPrompts, "at least 1");
        require(messagesPerSecond >= 1, "messages-per-second", messagesPerSecond, "at least 1");
        require(buffer.toMegabytes() >= 1, "buffer", buffer, "at least 1MB");
        require(sendTimeout.toMillis() > 0, "send-timeout", sendTimeout, "above 0");
        require(pingInterval.toMillis() > 0, "ping-interval", pingInterval, "above 0");
        require(idleTimeout.compareTo(pingInterval) > 0, "idle-timeout", idleTimeout, "above the ping interval");
    }

    private static void require(boolean right, String name, Object value, String bounds) {
        if (!right) {
            throw new IllegalArgumentException(
                    "riffloom.stream." + name + " is " + value + "; it must be " + bounds + ".");
        }
    }
}
