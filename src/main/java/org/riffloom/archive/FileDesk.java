package org.riffloom.archive;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.function.Supplier;
import org.riffloom.web.Problems;
import org.riffloom.web.RequestBudget;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Where files are asked for that have to be made: within what a client, and all of them, may ask for. */
@Component
final class FileDesk {

    /** About as long as a minute of sound takes to be made into a file. */
    private static final Duration A_MOMENT = Duration.ofSeconds(5);

    private final MadeFiles files;
    private final RequestBudget budget;

    FileDesk(LinkLimits limits) {
        this.files = new MadeFiles(limits.makers(), limits.maxWait());
        this.budget = new RequestBudget(limits.filesPerClient(), limits.files(), System::nanoTime);
    }

    /** One that was made before costs nothing. */
    byte[] file(String name, Supplier<byte[]> making, HttpServletRequest request) {
        return files.find(name).orElseGet(() -> {
            admit(request);
            return files.make(name, making)
                    .orElseThrow(() -> Problems.later(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "Too many files are being made; try again in a moment.",
                            A_MOMENT));
        });
    }

    /** Counts a request that makes no file, but costs about as much. */
    void admit(HttpServletRequest request) {
        Problems.admit(request, budget);
    }
}
