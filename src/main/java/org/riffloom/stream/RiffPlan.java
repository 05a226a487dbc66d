package org.riffloom.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.riffloom.clip.Clip;
import org.riffloom.clip.ClipId;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.PromptMix;
import org.riffloom.prompt.RiffDirection;
import org.riffloom.prompt.RiffSettings;

/**
 * The endless {@link Course} of a riff, one recipe after another, and the latest clips that were made of it.
 *
 * <p>Clips are made before they are heard. When a listener changes their mind, those that have not begun to sound can give
 * way: the riff goes back to one that was heard, and on from there as if it had always known the wish. So each wish changes
 * not only where the riff is but every place too that it may come back to.
 *
 * <p>Not thread-safe.
 */
final class RiffPlan {

    /** More than any listener is ahead; each has a stream's state of some 50 kB. */
    private static final int REMEMBERED = StreamProperties.MAX_AHEAD + 4;

    private final int maxWaiting;
    /** The latest clips, in the order they were made in. */
    private final List<MadeClip> made = new ArrayList<>();

    private RiffSettings settings;
    /** Where the recipe was that was given last. */
    private Course course;
    /** Where the riff was before that, as long as its clip is being made. */
    private @Nullable Course before;
    /** The clip that the next one follows; {@code null} where that is the first. */
    private @Nullable ClipId last;

    /** Begins at a prompt or several at once; {@code maxWaiting} more may wait in line. */
    RiffPlan(PromptMix prompt, RiffSettings settings, int maxWaiting) {
        this(Course.at(prompt, settings), settings, maxWaiting);
    }

    private RiffPlan(Course course, RiffSettings settings, int maxWaiting) {
        this.course = course;
        this.settings = settings;
        this.maxWaiting = maxWaiting;
    }

    /**
     * Goes on where another plan was.
     *
     * @param last recipe that the other plan gave; all is in it but where that one was going
     * @param goal the mix that it was on its way to, or {@code null}
     * @param settings of the next recipe
     * @param maxWaiting prompts that may wait in line
     */
    static RiffPlan after(Interpolation last, @Nullable PromptMix goal, RiffSettings settings, int maxWaiting) {
        Course course = Course.after(last);
        return new RiffPlan(goal == null ? course : course.mixed(goal), settings, maxWaiting);
    }

    /** The next recipe, of which a clip is being made until {@link #made} or {@link #abandon} is called. */
    Interpolation next() {
        before = course;
        course = course.next(settings);
        return course.recipe(settings);
    }

    /** The clip is there. */
    void made(Clip clip, int index) {
        made.add(new MadeClip(clip.id(), index, last, clip.recipe(), course, clip.after()));
        if (made.size() > REMEMBERED) {
            made.remove(0);
        }
        last = clip.id();
        before = null;
    }

    /** There will be no clip of the last recipe; another one takes its place. */
    void abandon() {
        if (before != null) {
            course = before;
            before = null;
        }
    }

    /** The clip that the next recipe follows; {@code null} where that is the first. */
    @Nullable
    MadeClip last() {
        return last == null ? null : find(last);
    }

    private @Nullable MadeClip find(@Nullable ClipId id) {
        return made.stream().filter(clip -> clip.id().equals(id)).findFirst().orElse(null);
    }

    /** Where the riff goes from where it is. */
    RiffDirection direction() {
        return new RiffDirection(course.goal(), settings.alphaVelocity(), settings.seedMotion());
    }

    /**
     * Lets clips give way that were made before the latest wishes were known: all from the first on that would be another
     * one by now.
     *
     * @param id of the last clip that must stay; one that is not known any more changes nothing
     * @param making what a clip is being made of, or {@code null} if none is
     * @return whether any gave way, and so what is being made with them, or that alone should
     */
    boolean giveWay(ClipId id, @Nullable Interpolation making) {
        List<MadeClip> way = wayFrom(id);
        if (way.isEmpty()) {
            return false;
        }
        int stay = 0;
        while (stay + 1 < way.size()
                && recipeAfter(way.get(stay)).equals(way.get(stay + 1).recipe())) {
            stay++;
        }
        MadeClip stays = way.get(stay);
        if (stays.id().equals(last) && (making == null || making.equals(recipeAfter(stays)))) {
            return false;
        }
        last = stays.id();
        course = stays.course();
        before = null;
        return true;
    }

    private Interpolation recipeAfter(MadeClip clip) {
        return clip.course().next(settings).recipe(settings);
    }

    /** The clips from one on to the last; that one alone if it has given way itself. */
    private List<MadeClip> wayFrom(ClipId id) {
        Deque<MadeClip> way = new ArrayDeque<>();
        for (MadeClip clip = last(); clip != null; clip = find(clip.follows())) {
            way.addFirst(clip);
            if (clip.id().equals(id)) {
                return List.copyOf(way);
            }
        }
        MadeClip gone = find(id);
        return gone == null ? List.of() : List.of(gone);
    }

    private void wish(UnaryOperator<Course> wish) {
        course = wish.apply(course);
        before = before == null ? null : wish.apply(before);
        made.replaceAll(clip -> clip.with(wish.apply(clip.course())));
    }

    /**
     * Moves to a prompt, after those that already wait and the mix that is on its way, or instead of them.
     *
     * @throws InvalidRequestException if too many wait
     */
    void moveTo(Prompt prompt, boolean replace) {
        if (!replace && course.waiting().size() >= maxWaiting) {
            throw new InvalidRequestException(
                    "prompt",
                    maxWaiting + " prompts already wait; send this one later, or with \"replace\": true instead of"
                            + " them.");
        }
        wish(course -> (replace ? course.withoutWishes() : course).movedTo(prompt));
    }

    /** Moves to several prompts at once from the next recipe on, instead of all that waits. */
    void mix(PromptMix mix) {
        wish(course -> course.mixed(mix));
    }

    /** Uses other settings from the next recipe on. Another seed begins a new walk there. */
    void change(RiffSettings changed) {
        if (changed.seed() != settings.seed()) {
            wish(course -> course.withSeed(changed.seed(), changed.seedMotion()));
        }
        settings = changed;
    }

    /** Is at another prompt from the next recipe on, without a transition. */
    void cutTo(PromptMix prompt) {
        wish(course -> course.cutTo(prompt, settings.seedMotion()));
    }

    /** The settings of the next recipe. */
    RiffSettings settings() {
        return settings;
    }
}
