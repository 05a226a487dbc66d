package org.riffloom.checkpoint.hub;

import java.time.Duration;

/**
 * How long to wait for a hub, and how often.
 *
 * @param connect for a connection
 * @param answer for the beginning of an answer
 * @param silence between two pieces of a file
 * @param firstPause before the second attempt; each further pause is twice as long
 * @param longestPause between two attempts, also where the hub asks for one
 * @param attempts in a row that bring nothing
 */
record Patience(
        Duration connect, Duration answer, Duration silence, Duration firstPause, Duration longestPause, int attempts) {

    static final Patience DEFAULT = new Patience(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            Duration.ofMinutes(5),
            6);

    /** The pause after so many failures in a row, at least 1. */
    Duration pause(int failures) {
        Duration pause = firstPause.multipliedBy(1L << Math.min(failures - 1, 20));
        return pause.compareTo(longestPause) < 0 ? pause : longestPause;
    }
}
