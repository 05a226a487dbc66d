package org.riffloom.inference;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.apache.coyote.CloseNowException;
import org.riffloom.clip.Clip;
import org.riffloom.clip.LoadedModel;
import org.riffloom.clip.ModelLoading;
import org.riffloom.inference.InferenceJob.Outcome;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.work.Admission;
import org.riffloom.work.WorkQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * Riffusion's endpoint. Whatever content type a request names, its body is read as JSON: Riffusion's web app names none.
 *
 * <p>The thread waits with the client, since nothing else can look whether the client has hung up; how many do is
 * bounded. Each request has a place of its own in the work queue, which it leaves when its client does.
 */
@RestController
final class InferenceController {

    private static final Logger log = LoggerFactory.getLogger(InferenceController.class);

    private static final int MAX_BODY_BYTES = 64 * 1024;

    /** How often a client that waits gets a sign of life, and is asked for one. */
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(1);

    private final ModelLoading loading;
    private final WorkQueue queue;
    private final JsonMapper json;
    private final Duration timeout;
    private final Semaphore places;

    InferenceController(ModelLoading loading, WorkQueue queue, JsonMapper json, InferenceProperties properties) {
        this.loading = loading;
        this.queue = queue;
        this.json = json;
        this.timeout = properties.timeout();
        this.places = new Semaphore(properties.maxRequests());
    }

    @PostMapping({"/run_inference", "/run_inference/"})
    void runInference(HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        try {
            LoadedModel model = model();
            Client client = new Client(request);
            Interpolation recipe = new InferenceReader(model).read(body(client));
            answer(response, make(new InferenceJob(model.singles(), recipe), client, response));
        } catch (InvalidRequestException e) {
            refuse(response, Refusal.of(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage())));
        } catch (Refusal e) {
            refuse(response, e);
        }
    }

    private LoadedModel model() throws Refusal {
        CompletableFuture<LoadedModel> model = loading.model().toCompletableFuture();
        if (model.isCompletedExceptionally()) {
            throw Refusal.of(HttpStatus.SERVICE_UNAVAILABLE, loading.unavailable());
        }
        if (!model.isDone()) {
            throw Refusal.forNow("The model is still loading; try again in a moment.");
        }
        return model.join();
    }

    private static String body(Client client) throws IOException, Refusal {
        byte[] bytes = client.body(MAX_BODY_BYTES + 1);
        if (bytes.length > MAX_BODY_BYTES) {
            throw Refusal.of(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "The body is too large; " + MAX_BODY_BYTES + " bytes are enough for every request.");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private Clip make(InferenceJob job, Client client, HttpServletResponse response)
            throws IOException, InterruptedException, Refusal {
        if (!places.tryAcquire()) {
            throw Refusal.forNow("Too many requests are waiting for their clips; try again in a moment.");
        }
        try {
            if (!(queue.openLane().offer(job) instanceof Admission.Accepted accepted)) {
                throw Refusal.forNow("Too many clips are waiting to be made; try again in a moment.");
            }
            try {
                return clip(outcome(job, client, response));
            } finally {
                accepted.ticket().cancel();
            }
        } finally {
            places.release();
        }
    }

    private Outcome outcome(InferenceJob job, Client client, HttpServletResponse response)
            throws IOException, InterruptedException, Refusal {
        long start = System.nanoTime();
        while (System.nanoTime() - start < timeout.toNanos()) {
            Optional<Outcome> outcome = job.await(SIGN_OF_LIFE);
            if (outcome.isPresent()) {
                return outcome.get();
            }
            if (client.hungUp()) {
                throw Refusal.of(
                        HttpStatus.BAD_REQUEST,
                        "The client closed the connection before the clip was made; keep it open until the answer is"
                                + " there.");
            }
            if (job.stepped()) {
                response.setContentType(MediaType.APPLICATION_JSON_VALUE);
                response.getOutputStream().write(' ');
                response.flushBuffer();
            }
        }
        return new Outcome.Expired();
    }

    private static Clip clip(Outcome outcome) throws Refusal {
        if (outcome instanceof Outcome.Made made) {
            return made.clip();
        }
        if (outcome instanceof Outcome.Refused refused) {
            throw refused.reason();
        }
        if (outcome instanceof Outcome.Expired) {
            throw Refusal.forNow("The clip could not be made in time; try again in a moment.");
        }
        throw Refusal.of(HttpStatus.INTERNAL_SERVER_ERROR, "The clip could not be made; the server's log says why.");
    }

    private void answer(HttpServletResponse response, Clip clip) throws IOException {
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(InferenceAnswer.of(clip)));
    }

    /** @throws CloseNowException if the answer has already begun: that cuts the connection, so nobody takes it for a clip */
    private static void refuse(HttpServletResponse response, Refusal refusal) throws IOException {
        if (response.isCommitted()) {
            // Tomcat closes the connection for it, and does not call it an error of the server's.
            log.atLevel(refusal.status().is5xxServerError() ? Level.WARN : Level.DEBUG)
                    .log("An answer that had begun is cut: {}", refusal.getMessage());
            throw new CloseNowException(refusal.getMessage());
        }
        response.setStatus(refusal.status().value());
        if (refusal.retrySeconds() > 0) {
            response.setIntHeader(HttpHeaders.RETRY_AFTER, refusal.retrySeconds());
        }
        response.setContentType(MediaType.TEXT_PLAIN_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.getWriter().println(refusal.getMessage());
    }
}
