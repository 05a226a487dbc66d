package org.riffloom.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.riffloom.clip.Clip;
import org.riffloom.clip.ClipId;
import org.riffloom.clip.ClipStream;
import org.riffloom.clip.EncodedMedia;
import org.riffloom.clip.LoadedModel;
import org.riffloom.clip.StepProgress;
import org.riffloom.clip.StreamState;
import org.riffloom.fuzz.FuzzedFile;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.work.Admission;
import org.riffloom.work.Job;
import org.riffloom.work.Lane;
import org.riffloom.work.WorkQueue;
import org.springframework.util.unit.DataSize;

/**
 * Fuzz target: what a client of the live protocol may say, a message a line, to a session whose clips are made at once.
 */
public final class MessageFuzz {

    /** More would be much work for few bytes. */
    private static final int MAX_MESSAGES = 20;

    private static final MessageReader READER = new MessageReader();
    private static final MessageWriter WRITER = new MessageWriter();
    private static final StreamProperties PROPERTIES = new StreamProperties(
            2, 1, 4, 1, DataSize.ofMegabytes(1), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(2));
    private static final LoadedModel MODEL = model();

    private MessageFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        String[] messages = new String(bytes, UTF_8).split("\n", MAX_MESSAGES);
        FuzzedFile.bounded(() -> talk(messages), bytes.length, InvalidRequestException.class);
    }

    private static void talk(String[] messages) {
        OneJob queue = new OneJob();
        RiffSession session = new RiffSession(
                MODEL, PROPERTIES, queue, link -> Optional.empty(), (clip, direction) -> {}, new Writing());
        InvalidRequestException last = null;
        for (String message : messages) {
            try {
                READER.read(message).applyTo(session);
            } catch (InvalidRequestException e) {
                WRITER.write(ServerMessage.Problem.badRequest(e));
                last = e;
            }
            queue.work();
        }
        session.end();
        if (last != null) {
            throw last;
        }
    }

    private static LoadedModel model() {
        SyntheticModel synthetic = new SyntheticModel();
        synthetic.load();
        LoadedModel model = synthetic.model().toCompletableFuture().join();
        return new LoadedModel(
                model.fingerprint(),
                model.info(),
                model.seedImages(),
                model.maskImages(),
                EmptyClips::new,
                model.singles());
    }

    /** Holds the job that a session may have, until it is time. */
    private static final class OneJob implements WorkQueue {

        private @Nullable Job waiting;

        @Override
        public Lane openLane() {
            return job -> {
                waiting = job;
                return new Admission.Accepted(() -> waiting = null);
            };
        }

        void work() {
            Job job = waiting;
            waiting = null;
            if (job != null) {
                job.run(() -> false);
            }
        }
    }

    private static final class Writing implements Listener {

        @Override
        public void tell(ServerMessage message) {
            WRITER.write(message);
        }

        @Override
        public void deliver(ClipMessage message, Clip clip) {
            WRITER.write(message);
        }
    }

    private static final class EmptyClips implements ClipStream {

        @Override
        public Clip next(Interpolation recipe, StepProgress progress) {
            progress.onStep(1, 1);
            EncodedMedia nothing = EncodedMedia.of("audio/wav", new byte[0]);
            return new Clip(ClipId.random(), recipe, nothing, nothing, 5.12, 0, Duration.ZERO);
        }

        @Override
        public void reset() {
            // There is no sound to carry on.
        }

        @Override
        public boolean resume(StreamState state) {
            return false;
        }
    }
}
