package org.riffloom.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** What is answered to requests that cannot be granted (RFC 9457). */
public final class Problems {

    private Problems() {}

    /** One whose {@code detail} says what is wrong, and what would be right. */
    public static ErrorResponseException of(HttpStatus status, String detail) {
        return new ErrorResponseException(status, ProblemDetail.forStatusAndDetail(status, detail), null);
    }

    /** One that is worth another try after a while. */
    public static ErrorResponseException later(HttpStatus status, String detail, Duration wait) {
        ErrorResponseException problem = of(status, detail);
        problem.getHeaders()
                .set(
                        HttpHeaders.RETRY_AFTER,
                        Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
        return problem;
    }

    /**
     * Counts a request.
     *
     * @throws ErrorResponseException 429 if the client, or all of them, have spent the budget
     */
    public static void admit(HttpServletRequest request, RequestBudget budget) {
        Duration wait = budget.spend(request.getRemoteAddr());
        if (!wait.isZero()) {
            throw later(
                    HttpStatus.TOO_MANY_REQUESTS,
                    "There were too many requests; try again in a moment, and send fewer.",
                    wait);
        }
    }
}
