package org.riffloom.own;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.riffloom.clip.OwnPictures;
import org.riffloom.web.Problems;
import org.riffloom.web.RequestBudget;
import org.springframework.http.HttpStatus;

/**
 * Takes the bodies of requests in, a few at a time, each into a file of its own: no more bytes than there may be, and for no
 * longer than it may take. Of one that is too large as much again is read and dropped, since a browser that is cut off while
 * it sends shows nobody the answer.
 */
final class Reception {

    private static final int BLOCK = 1 << 16;

    /** About as long as one takes that is on its way. */
    private static final Duration A_MOMENT = Duration.ofSeconds(5);

    private final OwnPictures pictures;
    private final UploadLimits limits;
    private final Map<String, Integer> byClient = new HashMap<>();
    private int places;

    /** @param pictures in whose folder the files are, so that what is left behind is swept away with theirs */
    Reception(OwnPictures pictures, UploadLimits limits) {
        this.pictures = pictures;
        this.limits = limits;
        this.places = limits.atOnce();
    }

    /** What is done with a file that has arrived. */
    @FunctionalInterface
    interface Work<T> {

        /** The file is deleted afterwards. */
        T with(Path file) throws IOException;
    }

    /**
     * Receives the body of a request.
     *
     * @throws org.springframework.web.ErrorResponseException if there is no place for it, or it does not arrive
     * @throws UnusableFileException if it is too large
     * @throws IOException if it cannot be written
     */
    <T> T receive(HttpServletRequest request, Work<T> work) throws IOException {
        String client = RequestBudget.client(request.getRemoteAddr());
        enter(client);
        try {
            Path file = pictures.unfinished();
            try {
                read(request, file);
                return work.with(file);
            } finally {
                Files.deleteIfExists(file);
            }
        } finally {
            leave(client);
        }
    }

    private synchronized void enter(String client) {
        if (places == 0 || byClient.getOrDefault(client, 0) >= limits.atOncePerClient()) {
            throw Problems.later(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "Too many files are on their way; try again in a moment.",
                    A_MOMENT);
        }
        places--;
        byClient.merge(client, 1, Integer::sum);
    }

    private synchronized void leave(String client) {
        places++;
        byClient.computeIfPresent(client, (key, count) -> count == 1 ? null : count - 1);
    }

    private void read(HttpServletRequest request, Path file) throws IOException {
        long most = limits.maxBytes();
        long deadline = System.nanoTime() + limits.patience().toNanos();
        byte[] block = new byte[BLOCK];
        long arrived = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            int count = next(request, block);
            while (count >= 0 && arrived <= 2 * most) {
                arrived += count;
                if (arrived <= most) {
                    out.write(block, 0, count);
                }
                if (System.nanoTime() > deadline) {
                    throw Problems.of(
                            HttpStatus.REQUEST_TIMEOUT,
                            "The file took more than " + limits.patience().toSeconds()
                                    + " s to arrive. Cut out the seconds you want, and send those.");
                }
                count = next(request, block);
            }
        }
        if (arrived > most) {
            throw new UnusableFileException(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "The file is larger than " + UploadLimits.megabytes(limits.soundSize())
                            + ". Cut out the seconds you want, and send those.");
        }
    }

    private static int next(HttpServletRequest request, byte[] block) {
        try {
            InputStream in = request.getInputStream();
            return in.read(block);
        } catch (IOException e) {
            // Its client is gone, or was silent for too long.
            throw Problems.of(HttpStatus.BAD_REQUEST, "The file did not arrive as a whole.");
        }
    }
}
