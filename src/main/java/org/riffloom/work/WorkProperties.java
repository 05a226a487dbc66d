package org.riffloom.work;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings of the queue, {@code riffloom.work.*}.
 *
 * @param workers jobs that are done at the same time; they may well share what does them
 * @param capacity jobs that may wait
 * @param maxWait after which a waiting job is given up
 * @param shutdownWait that a job in hand is given to stop when the server does
 */
@ConfigurationProperties("riffloom.work")
public record WorkProperties(int workers, int capacity, Duration maxWait, Duration shutdownWait) {

    public WorkProperties {
        if (workers < 1) {
            throw new IllegalArgumentException("riffloom.work.workers is " + workers + "; it must be at least 1.");
        }
        if (capacity < 1) {
            throw new IllegalArgumentException("riffloom.work.capacity is " + capacity + "; it must be at least 1.");
        }
        if (maxWait.isNegative() || maxWait.isZero()) {
            throw new IllegalArgumentException("riffloom.work.max-wait is " + maxWait + "; it must be above 0.");
        }
        if (shutdownWait.isNegative()) {
            throw new IllegalArgumentException(
                    "riffloom.work.shutdown-wait is " + shutdownWait + "; it must not be below 0.");
        }
    }
}
