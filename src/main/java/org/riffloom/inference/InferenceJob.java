package org.riffloom.inference;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.riffloom.clip.Clip;
import org.riffloom.clip.SingleClips;
import org.riffloom.clip.StepProgress;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.work.Job;
import org.riffloom.work.Turn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The making of one request's clip, and what became of it. */
final class InferenceJob implements Job {

    private static final Logger log = LoggerFactory.getLogger(InferenceJob.class);

    /** How it ended. */
    sealed interface Outcome {

        /** With a clip. */
        record Made(Clip clip) implements Outcome {}

        /** The recipe cannot be used. */
        record Refused(InvalidRequestException reason) implements Outcome {}

        /** It waited too long, or the server shuts down. */
        record Expired() implements Outcome {}

        /** The model failed, or was told to stop. */
        record Failed() implements Outcome {}
    }

    private final SingleClips clips;
    private final Interpolation recipe;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private volatile boolean stepped;

    InferenceJob(SingleClips clips, Interpolation recipe) {
        this.clips = clips;
        this.recipe = recipe;
    }

    @Override
    public void run(Turn turn) {
        outcome.complete(make(turn));
    }

    private Outcome make(Turn turn) {
        if (turn.cancelled()) {
            return new Outcome.Failed();
        }
        try {
            return new Outcome.Made(clips.make(recipe, new Progress(turn)));
        } catch (CancellationException e) {
            return new Outcome.Failed();
        } catch (InvalidRequestException e) {
            return new Outcome.Refused(e);
        } catch (RuntimeException | Error e) {
            // Not the recipe: prompts are nobody's business, and may hold line ends.
            log.error("A clip could not be made", e);
            return new Outcome.Failed();
        }
    }

    /** Abandons the clip when nobody wants it any more. */
    private final class Progress implements StepProgress {

        private final Turn turn;

        Progress(Turn turn) {
            this.turn = turn;
        }

        @Override
        public void onStep(int step, int steps) {
            stepped = true;
            mayStop();
        }

        @Override
        public void mayStop() {
            if (turn.cancelled()) {
                throw new CancellationException();
            }
        }
    }

    /** Whether a step has been done, so that nothing can be wrong with the recipe any more. */
    boolean stepped() {
        return stepped;
    }

    @Override
    public void moved(int position) {
        // Riffusion's clients are not told.
    }

    @Override
    public void expired() {
        outcome.complete(new Outcome.Expired());
    }

    /** Waits for the outcome, for so long; nothing if it is not there yet. */
    Optional<Outcome> await(Duration patience) throws InterruptedException {
        try {
            return Optional.of(outcome.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("no outcome is an exception", e);
        }
    }
}
