package org.riffloom.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.PromptMix;
import org.riffloom.prompt.RiffPoint;
import org.riffloom.prompt.RiffSettings;

/**
 * The endless course of a riff, one recipe after another, in quarters.
 *
 * <p>With nothing waiting it walks from seed to seed: 0, ¼, ½, ¾ of the way from s to s+1, then on from s+1. When a
 * prompt waits, the next recipe already is the first quarter towards it; after ¾ comes the new prompt itself, and from
 * there the walk goes on, or the next transition. Riffusion finished the walk first, which can take 15 seconds more.
 *
 * <p>A transition that breaks into a walk must not jump. The noise is somewhere between two seeds, so the transition
 * holds the nearer one: that is a quarter away at most. From the middle both are too far; there the transition itself
 * runs from s+1 to s, whose first quarter is ¾ of the walk. So neither words nor noise ever move by more than a quarter
 * at once.
 *
 * <p>A mix of prompts need not lie on a line that was drawn before, and its weights may change with every clip. So there is
 * no transition to it: from recipe to recipe a quarter of the whole weight moves, until it is reached, and both ends of each
 * recipe have the same words. The noise stands still meanwhile, wherever it is; then the walk goes on from there.
 *
 * <p>Not thread-safe.
 */
final class RiffPlan {

    private static final int QUARTERS = 4;

    private final int maxWaiting;
    private final Deque<Prompt> waiting = new ArrayDeque<>();
    private RiffSettings settings;
    private Leg leg;
    /** Of the leg, that the last recipe was at; -1 before the first. */
    private int quarter = -1;
    /** Where the words are on their way to, apart from the leg; {@code null} when they are there. */
    private @Nullable PromptMix goal;

    /** Begins at a prompt or several at once; {@code maxWaiting} more may wait in line. */
    RiffPlan(PromptMix prompt, RiffSettings settings, int maxWaiting) {
        this.settings = settings;
        this.maxWaiting = maxWaiting;
        this.leg = Leg.walk(prompt, settings.seed());
    }

    /**
     * Goes on where another plan was.
     *
     * @param last recipe that the other plan gave; all is in it but the prompts that waited
     * @param settings of the next recipe
     * @param maxWaiting prompts that may wait in line
     */
    static RiffPlan after(Interpolation last, RiffSettings settings, int maxWaiting) {
        RiffPlan plan = new RiffPlan(last.start().prompt(), settings, maxWaiting);
        plan.leg = new Leg(
                last.start().prompt(),
                last.end().prompt(),
                last.start().seed(),
                last.end().seed());
        plan.quarter = Math.min(QUARTERS - 1, (int) (last.alpha() * QUARTERS));
        return plan;
    }

    /** The next recipe. */
    Interpolation next() {
        if (goal != null && goal.equals(words())) {
            goal = null;
        }
        if (goal != null && quarter >= 0) {
            glide(goal);
        } else {
            advance();
        }
        return new Interpolation(
                RiffPoint.of(leg.startPrompt(), leg.startSeed(), settings),
                RiffPoint.of(leg.endPrompt(), leg.endSeed(), settings),
                (double) quarter / QUARTERS,
                settings.seedImage(),
                settings.steps(),
                settings.maskImage(),
                settings.scheduler(),
                settings.loras());
    }

    private void advance() {
        quarter++;
        Prompt wanted = quarter > 0 && leg.isWalk() ? pollWaiting() : null;
        if (wanted != null) {
            leg = leg.transitionTo(PromptMix.of(wanted), quarter - 1);
            quarter = 1;
        } else if (quarter == QUARTERS) {
            leg = Leg.walk(leg.endPrompt(), leg.endSeed());
            quarter = 0;
        }
    }

    /** Moves the words by a quarter and leaves the noise where it is. */
    private void glide(PromptMix mix) {
        PromptMix next = words().towards(mix, 1.0 / QUARTERS);
        if (!leg.isWalk()) {
            boolean still = leg.startSeed() == leg.endSeed();
            // Where the transition runs from s+1 to s, a walk from s is at the same noise on the other side of the
            // middle.
            quarter = still ? 0 : QUARTERS - quarter;
            leg = Leg.walk(next, leg.endSeed());
        } else {
            leg = Leg.walk(next, leg.startSeed());
        }
    }

    /** What the last recipe sounds like. */
    private PromptMix words() {
        return leg.isWalk()
                ? leg.startPrompt()
                : leg.startPrompt().between(leg.endPrompt(), (double) quarter / QUARTERS);
    }

    /** The first that waits and is not what already plays. */
    private @Nullable Prompt pollWaiting() {
        Prompt prompt;
        do {
            prompt = waiting.poll();
        } while (prompt != null && PromptMix.of(prompt).equals(leg.endPrompt()));
        return prompt;
    }

    /**
     * Moves to a prompt, after those that already wait and the mix that is on its way, or instead of them.
     *
     * @throws InvalidRequestException if too many wait
     */
    void moveTo(Prompt prompt, boolean replace) {
        if (replace) {
            waiting.clear();
            goal = null;
        }
        if (waiting.size() >= maxWaiting) {
            throw new InvalidRequestException(
                    "prompt",
                    maxWaiting + " prompts already wait; send this one later, or with \"replace\": true instead of"
                            + " them.");
        }
        waiting.add(prompt);
    }

    /** Moves to several prompts at once from the next recipe on, instead of all that waits. */
    void mix(PromptMix mix) {
        waiting.clear();
        goal = mix;
    }

    /** Uses other settings from the next recipe on. Another seed begins a new walk there. */
    void change(RiffSettings changed) {
        if (changed.seed() != settings.seed()) {
            leg = leg.withSeed(changed.seed());
            if (leg.isWalk()) {
                quarter = -1;
            }
        }
        settings = changed;
    }

    /** Is at another prompt from the next recipe on, without a transition. */
    void cutTo(PromptMix prompt) {
        waiting.clear();
        goal = null;
        leg = Leg.walk(prompt, leg.endSeed());
        quarter = -1;
    }

    /** The settings of the next recipe. */
    RiffSettings settings() {
        return settings;
    }

    /** A stretch between two points: either the seed changes or, with few exceptions, the prompt alone. */
    private record Leg(PromptMix startPrompt, PromptMix endPrompt, long startSeed, long endSeed) {

        static Leg walk(PromptMix prompt, long seed) {
            return new Leg(prompt, prompt, seed, seed + 1);
        }

        boolean isWalk() {
            return startPrompt.equals(endPrompt);
        }

        /** Breaks off this walk, of which some quarters are done. */
        Leg transitionTo(PromptMix prompt, int quarters) {
            boolean middle = 2 * quarters == QUARTERS;
            long nearer = 2 * quarters < QUARTERS ? startSeed : endSeed;
            return new Leg(startPrompt, prompt, nearer, middle ? startSeed : nearer);
        }

        Leg withSeed(long seed) {
            return isWalk() ? walk(startPrompt, seed) : new Leg(startPrompt, endPrompt, seed, seed);
        }
    }
}
