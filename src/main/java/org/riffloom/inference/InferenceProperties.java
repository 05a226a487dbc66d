package org.riffloom.inference;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of Riffusion's server API, {@code riffloom.inference.*}.
 *
 * @param maxRequests that wait or are worked on at the same time; each holds a thread of the web server
 * @param timeout after which a request is given up
 */
@ConfigurationProperties("riffloom.inference")
public record InferenceProperties(
        @DefaultValue("16") int maxRequests,
        @DefaultValue("15m") Duration timeout) {

    /** Leaves the larger part of Tomcat's 200 threads to everybody else. */
    private static final int MOST_REQUESTS = 64;

    public InferenceProperties {
        if (maxRequests < 1 || maxRequests > MOST_REQUESTS) {
            throw new IllegalArgumentException("riffloom.inference.max-requests is " + maxRequests
                    + "; it must be between 1 and " + MOST_REQUESTS + ".");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("riffloom.inference.timeout is " + timeout + "; it must be above 0.");
        }
    }
}
