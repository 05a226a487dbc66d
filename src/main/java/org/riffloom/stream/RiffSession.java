package org.riffloom.stream;

import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.riffloom.clip.Clip;
import org.riffloom.clip.ClipId;
import org.riffloom.clip.EncodedMedia;
import org.riffloom.clip.LoadedModel;
import org.riffloom.clip.Moment;
import org.riffloom.clip.SharedMoments;
import org.riffloom.clip.StreamState;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.PromptMix;
import org.riffloom.prompt.RiffDirection;
import org.riffloom.prompt.RiffSettings;
import org.riffloom.work.Admission;
import org.riffloom.work.Lane;
import org.riffloom.work.Ticket;
import org.riffloom.work.WorkQueue;

/**
 * One listener's stream: at every change it asks itself whether another clip is wanted, and keeps at most one job in the
 * work queue.
 *
 * <p>Three kinds of threads come here: the connection's with messages, a worker's with a clip, the queue's with news.
 * All state belongs to this object's monitor, which is only ever held for a moment: making a clip and sending it happen
 * outside. From inside of it, the queue's lock and the outbox's may be taken, and neither of them calls back. A job that
 * is no longer {@code current} may still be running; whatever it reports is ignored.
 */
final class RiffSession {

    private final LoadedModel model;
    private final StreamProperties properties;
    private final SharedMoments moments;
    private final BiConsumer<Clip, RiffDirection> heard;
    private final Lane lane;
    private final RiffClips clips;
    private final Listener listener;

    private @Nullable Riff riff;
    private @Nullable ClipJob current;
    private @Nullable Ticket ticket;
    private boolean gone;

    RiffSession(
            LoadedModel model,
            StreamProperties properties,
            WorkQueue queue,
            SharedMoments moments,
            BiConsumer<Clip, RiffDirection> heard,
            Listener listener) {
        this.model = model;
        this.properties = properties;
        this.moments = moments;
        this.heard = heard;
        this.lane = queue.openLane();
        this.clips = new RiffClips(model.streams().open());
        this.listener = listener;
    }

    /**
     * Begins a riff.
     *
     * @param sketches whether the first clip's picture is shown while it is painted
     */
    synchronized void start(PromptMix prompt, SettingsChange change, boolean sketches) {
        RiffSettings settings = checked(change.appliedTo(model.info().defaults()));
        begin(StreamState.SILENCE, new RiffPlan(prompt, settings, properties.maxWaitingPrompts()), sketches);
    }

    /** Looks the link up before it takes the monitor, since that may mean to wait for a disk. */
    void startFrom(String link, @Nullable PromptMix prompt, SettingsChange change, boolean sketches) {
        Moment moment = moments.find(link)
                .orElseThrow(() -> new InvalidRequestException(
                        "link",
                        "There is no such link, or the one who shared it has taken it back; give a prompt instead."));
        startFrom(Departure.of(moment, model), prompt, change, sketches);
    }

    private synchronized void startFrom(
            Departure departure, @Nullable PromptMix prompt, SettingsChange change, boolean sketches) {
        RiffSettings settings = departure.settings();
        RiffPlan plan = RiffPlan.after(departure.recipe(), departure.goal(), settings, properties.maxWaitingPrompts());
        plan.change(checked(change.appliedTo(settings)));
        if (prompt != null) {
            plan.cutTo(prompt);
        }
        begin(departure.before(), plan, sketches);
    }

    private void begin(StreamState before, RiffPlan plan, boolean sketches) {
        drop();
        int number = riff == null ? 1 : riff.number() + 1;
        riff = new Riff(number, before, plan, new Pacing(properties.ahead()), sketches);
        askForNext();
    }

    /** {@code after} is the last clip that must stay, where some may give way; likewise below. */
    synchronized void moveTo(Prompt prompt, boolean replace, @Nullable ClipId after) {
        started().plan().moveTo(prompt, replace);
        goOn(after);
    }

    synchronized void mix(PromptMix mix, @Nullable ClipId after) {
        started().plan().mix(mix);
        goOn(after);
    }

    synchronized void change(@Nullable PromptMix prompt, SettingsChange change, @Nullable ClipId after) {
        RiffPlan plan = started().plan();
        plan.change(checked(change.appliedTo(plan.settings())));
        if (prompt != null) {
            plan.cutTo(prompt);
        }
        goOn(after);
    }

    private void goOn(@Nullable ClipId after) {
        Riff playing = started();
        Interpolation making = current == null ? null : current.recipe;
        if (after != null && playing.plan().giveWay(after, making)) {
            drop();
            MadeClip last = playing.plan().last();
            playing.pacing().backTo(last == null ? 0 : last.index() + 1);
        }
        askForNext();
    }

    synchronized void played(int index, @Nullable Integer number) {
        Riff playing = started();
        if (number != null && number > playing.number()) {
            throw new InvalidRequestException(
                    "riff", "riff is " + number + ", but the latest one is " + playing.number() + ".");
        }
        if (number == null || number == playing.number()) {
            playing.pacing().played(index);
        }
        askForNext();
    }

    /** What has been begun is finished, so that the sound can go on at once after the pause. */
    synchronized void pause() {
        started().pacing().pause();
        if (current != null && current.recipe == null) {
            drop();
        }
    }

    synchronized void resume() {
        started().pacing().resume();
        askForNext();
    }

    /** Nobody listens any more. */
    synchronized void end() {
        gone = true;
        drop();
    }

    private Riff started() {
        if (riff == null) {
            throw new InvalidRequestException("type", "Nothing plays yet; send start first.");
        }
        return riff;
    }

    private RiffSettings checked(RiffSettings settings) {
        String id = settings.seedImage();
        if (id != null && !model.seedImages().has(id)) {
            throw new InvalidRequestException(
                    "seedImage",
                    "There is no such seed image; it must be null or one of "
                            + model.seedImages().ids() + ".");
        }
        String mask = settings.maskImage();
        if (mask != null && !model.maskImages().has(mask)) {
            throw new InvalidRequestException(
                    "maskImage",
                    "There is no such mask image; it must be null or one of "
                            + model.maskImages().ids() + ".");
        }
        Set<String> loras = model.info().loras().byId().keySet();
        if (settings.loras() != null
                && !loras.containsAll(settings.loras().byId().keySet())) {
            throw new InvalidRequestException(
                    "loras", "There is no such LoRA; loras must be null or hold some of " + loras + ".");
        }
        return settings;
    }

    private void askForNext() {
        if (gone || riff == null || current != null || !riff.pacing().wantsNext()) {
            return;
        }
        ClipJob job = new ClipJob(this, clips, riff);
        if (lane.offer(job) instanceof Admission.Accepted accepted) {
            current = job;
            ticket = accepted.ticket();
        } else {
            listener.tell(ServerMessage.Problem.queueFull());
        }
    }

    private void drop() {
        if (ticket != null) {
            ticket.cancel();
        }
        if (current != null) {
            current.riff().plan().abandon();
        }
        over();
    }

    private void over() {
        ticket = null;
        current = null;
    }

    /** The order, decided only now that the job begins, so that it knows the latest wishes; null if it is not wanted. */
    synchronized @Nullable Order begin(ClipJob job) {
        if (job != current) {
            return null;
        }
        MadeClip last = job.riff().plan().last();
        Interpolation recipe = job.riff().plan().next();
        job.recipe = recipe;
        return new Order(
                recipe,
                last == null ? null : last.id(),
                last == null ? job.riff().before() : last.after());
    }

    synchronized void waiting(ClipJob job, int position) {
        if (job == current && job.recipe == null) {
            listener.tell(new ServerMessage.Queued(job.riff().number(), position));
        }
    }

    synchronized void progressed(ClipJob job, int step, int steps) {
        if (job == current) {
            listener.tell(new ServerMessage.Progress(
                    job.riff().number(), job.riff().pacing().nextIndex(), step, steps));
        }
    }

    /** Only the first clip of a riff is waited for in silence. */
    synchronized boolean wantsSketches(ClipJob job) {
        return job == current && job.riff().sketches() && job.riff().pacing().nextIndex() == 0;
    }

    synchronized void sketched(ClipJob job, int step, int steps, EncodedMedia sketch) {
        if (job == current) {
            listener.tell(ServerMessage.Sketched.of(job.riff(), step, steps, sketch));
        }
    }

    synchronized void finished(ClipJob job, Clip clip) {
        if (job == current) {
            over();
            RiffPlan plan = job.riff().plan();
            int index = job.riff().pacing().nextIndex();
            MadeClip last = plan.last();
            plan.made(clip, index);
            job.riff().pacing().made();
            RiffDirection direction = plan.direction();
            heard.accept(clip, direction);
            ClipId follows = last == null ? null : last.id();
            listener.deliver(ClipMessage.of(job.riff().number(), index, follows, clip, direction), clip);
            askForNext();
        }
    }

    /** Does not try again by itself, or a broken model would keep the worker busy for nobody's good. */
    synchronized void failed(ClipJob job, ServerMessage.Problem problem) {
        if (job == current) {
            drop();
            listener.tell(problem);
        }
    }
}
