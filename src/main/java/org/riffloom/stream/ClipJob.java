package org.riffloom.stream;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.riffloom.clip.Clip;
import org.riffloom.clip.EncodedMedia;
import org.riffloom.clip.StepProgress;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.work.Job;
import org.riffloom.work.Turn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The making of one clip of a riff. */
final class ClipJob implements Job {

    private static final Logger log = LoggerFactory.getLogger(ClipJob.class);

    private final RiffSession session;
    private final RiffClips clips;
    private final Riff riff;
    /** What the clip is made from, once it is begun. Belongs to the session's monitor, like the session's own state. */
    @Nullable
    Interpolation recipe;

    ClipJob(RiffSession session, RiffClips clips, Riff riff) {
        this.session = session;
        this.clips = clips;
        this.riff = riff;
    }

    Riff riff() {
        return riff;
    }

    @Override
    public void run(Turn turn) {
        Order order = session.begin(this);
        if (order == null) {
            return;
        }
        try {
            Clip clip = clips.next(order, new Progress(turn));
            session.finished(this, clip);
        } catch (CancellationException e) {
            session.failed(this, ServerMessage.Problem.generationFailed());
        } catch (InvalidRequestException e) {
            session.failed(this, ServerMessage.Problem.badRequest(e));
        } catch (RuntimeException | Error e) {
            // Not the recipe: what people listen to is nobody's business, and prompts may hold line ends.
            log.error("A clip could not be made", e);
            session.failed(this, ServerMessage.Problem.generationFailed());
        }
    }

    /** Tells the session, and abandons the clip when it wants no more. */
    private final class Progress implements StepProgress {

        private final Turn turn;

        Progress(Turn turn) {
            this.turn = turn;
        }

        @Override
        public void onStep(int step, int steps) {
            mayStop();
            session.progressed(ClipJob.this, step, steps);
        }

        @Override
        public boolean wantsSketches() {
            return session.wantsSketches(ClipJob.this);
        }

        @Override
        public void onSketch(int step, int steps, EncodedMedia sketch) {
            session.sketched(ClipJob.this, step, steps, sketch);
        }

        @Override
        public void mayStop() {
            if (turn.cancelled()) {
                throw new CancellationException();
            }
        }
    }

    @Override
    public void moved(int position) {
        session.waiting(this, position);
    }

    @Override
    public void expired() {
        session.failed(this, ServerMessage.Problem.queueFull());
    }
}
