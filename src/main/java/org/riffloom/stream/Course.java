package org.riffloom.stream;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.PromptMix;
import org.riffloom.prompt.RiffPoint;
import org.riffloom.prompt.RiffSettings;
import org.riffloom.prompt.SeedMotion;

/**
 * Where a riff is, and what it is asked to move to.
 *
 * <p>With nothing waiting it walks from seed to seed: with the usual velocity 0, ¼, ½, ¾ of the way from s to s+1, then on
 * from s+1. When a prompt waits, the next recipe already is the first step towards it; after the last one comes the new
 * prompt itself, and from there the walk goes on, or the next transition. Riffusion finished the walk first, which can take
 * 15 seconds more.
 *
 * <p>A transition that breaks into a walk must not jump. The noise is somewhere between two seeds, so the transition holds
 * the nearer one, if that is no more than a quarter or a step away. From the middle both may be too far. There the
 * transition itself runs from s+1 to s if its first step lies near enough, as with the usual velocity it does, ¾ of the
 * walk; else a clip comes before it in which the walk alone gets nearer. So neither words nor noise ever move by more than a
 * step at once, or a quarter where steps are smaller.
 *
 * <p>A mix of prompts need not lie on a line that was drawn before, and its weights may change with every clip. So there is
 * no transition to it: from recipe to recipe a step of the whole weight moves, until it is reached, and both ends of each
 * recipe have the same words. The noise stands still meanwhile, wherever it is; then the walk goes on from there.
 *
 * @param leg the stretch that it is on
 * @param alpha how far on the leg it is, 0 inclusive to 1 exclusive; {@value #BEFORE} before its beginning
 * @param goal where the words are on their way to, apart from the leg; {@code null} when they are there
 * @param waiting prompts in line
 */
record Course(Leg leg, double alpha, @Nullable PromptMix goal, List<Prompt> waiting) {

    private static final double BEFORE = -1;

    /** The noise may always move by as much at once. */
    private static final double QUARTER = 0.25;

    /** What sums of steps are off by. */
    private static final double ROUNDING = 1e-9;

    Course {
        waiting = List.copyOf(waiting);
    }

    /** A riff that begins. */
    static Course at(PromptMix prompt, RiffSettings settings) {
        return new Course(Leg.walk(prompt, settings.seed(), settings.seedMotion()), BEFORE, null, List.of());
    }

    /** Where a riff was when it had given a recipe. */
    static Course after(Interpolation last) {
        Leg leg = new Leg(
                last.start().prompt(),
                last.end().prompt(),
                last.start().seed(),
                last.end().seed());
        // Nobody stays at an end, but a recipe from elsewhere may.
        return new Course(leg, Math.min(last.alpha(), 1 - ROUNDING), null, List.of());
    }

    /** A stretch between two points: either the seed changes or, with few exceptions, the prompt alone. */
    record Leg(PromptMix startPrompt, PromptMix endPrompt, long startSeed, long endSeed) {

        static Leg walk(PromptMix prompt, long seed, SeedMotion motion) {
            return new Leg(prompt, prompt, seed, motion.after(seed));
        }

        boolean isWalk() {
            return startPrompt.equals(endPrompt);
        }
    }

    /** The recipe of this place. */
    Interpolation recipe(RiffSettings settings) {
        return new Interpolation(
                RiffPoint.of(leg.startPrompt(), leg.startSeed(), settings),
                RiffPoint.of(leg.endPrompt(), leg.endSeed(), settings),
                alpha,
                settings.seedImage(),
                settings.steps(),
                settings.maskImage(),
                settings.scheduler(),
                settings.loras());
    }

    /** The next place. */
    Course next(RiffSettings settings) {
        if (goal != null && !goal.equals(words()) && alpha != BEFORE) {
            return glide(goal, settings);
        }
        Course there = goal != null && goal.equals(words()) ? headingFor(null) : this;
        return alpha == BEFORE ? there.on(leg, 0) : there.advance(settings);
    }

    private Course advance(RiffSettings settings) {
        Course looking = leg.isWalk() ? withoutWhereItIs() : this;
        if (leg.isWalk() && !looking.waiting.isEmpty()) {
            return looking.breakOff(settings);
        }
        return leg.isWalk() && settings.seedMotion() == SeedMotion.LOCK
                ? looking.toNearerSeed(settings)
                : looking.forward(settings, settings.alphaVelocity());
    }

    /** Prompts that would lead nowhere need not be waited for. */
    private Course withoutWhereItIs() {
        int first = 0;
        while (first < waiting.size() && PromptMix.of(waiting.get(first)).equals(leg.endPrompt())) {
            first++;
        }
        return waitingFor(waiting.subList(first, waiting.size()));
    }

    private Course forward(RiffSettings settings, double step) {
        double next = alpha + step;
        return next < 1 - ROUNDING
                ? on(leg, next)
                : on(Leg.walk(leg.endPrompt(), leg.endSeed(), settings.seedMotion()), 0);
    }

    /** Leaves a walk for the prompt that waits. */
    private Course breakOff(RiffSettings settings) {
        double velocity = settings.alphaVelocity();
        double reach = Math.max(velocity, QUARTER) + ROUNDING;
        boolean back = alpha < 1 - alpha;
        if (Math.min(alpha, 1 - alpha) <= reach) {
            long nearer = back ? leg.startSeed() : leg.endSeed();
            return transition(nearer, nearer, settings);
        }
        return Math.abs(1 - velocity - alpha) <= reach
                ? transition(leg.endSeed(), leg.startSeed(), settings)
                : toNearerSeed(settings);
    }

    private Course transition(long seed, long otherSeed, RiffSettings settings) {
        PromptMix prompt = PromptMix.of(waiting.get(0));
        return waitingFor(waiting.subList(1, waiting.size()))
                .on(new Leg(leg.startPrompt(), prompt, seed, otherSeed), 0)
                .forward(settings, settings.alphaVelocity());
    }

    /** Walks a quarter back or forward, whichever leads to an end sooner. */
    private Course toNearerSeed(RiffSettings settings) {
        return alpha < 1 - alpha ? on(leg, Math.max(0, alpha - QUARTER)) : forward(settings, QUARTER);
    }

    /** Moves the words by a step and leaves the noise where it is. */
    private Course glide(PromptMix mix, RiffSettings settings) {
        PromptMix next = words().towards(mix, settings.alphaVelocity());
        if (leg.isWalk()) {
            return on(new Leg(next, next, leg.startSeed(), leg.endSeed()), alpha);
        }
        if (leg.startSeed() == leg.endSeed()) {
            return on(Leg.walk(next, leg.endSeed(), settings.seedMotion()), 0);
        }
        // A walk the other way is at the same noise on the other side of the middle.
        return on(new Leg(next, next, leg.endSeed(), leg.startSeed()), 1 - alpha);
    }

    /** What this place sounds like. */
    private PromptMix words() {
        return leg.isWalk() ? leg.startPrompt() : leg.startPrompt().between(leg.endPrompt(), alpha);
    }

    private Course on(Leg other, double place) {
        return new Course(other, place, goal, waiting);
    }

    private Course waitingFor(List<Prompt> prompts) {
        return new Course(leg, alpha, goal, prompts);
    }

    private Course headingFor(@Nullable PromptMix mix) {
        return new Course(leg, alpha, mix, waiting);
    }

    /** Asked to move to a prompt, after those that already wait and the mix that is on its way. */
    Course movedTo(Prompt prompt) {
        List<Prompt> prompts = new ArrayList<>(waiting);
        prompts.add(prompt);
        return waitingFor(prompts);
    }

    /** Asked to forget all that waits, and the mix that is on its way. */
    Course withoutWishes() {
        return new Course(leg, alpha, null, List.of());
    }

    /** Asked to move to several prompts at once instead of all that waits. */
    Course mixed(PromptMix mix) {
        return withoutWishes().headingFor(mix);
    }

    /** At another prompt, without a transition. */
    Course cutTo(PromptMix prompt, SeedMotion motion) {
        return new Course(Leg.walk(prompt, leg.endSeed(), motion), BEFORE, null, List.of());
    }

    /** With another seed, which begins a new walk. */
    Course withSeed(long seed, SeedMotion motion) {
        return leg.isWalk()
                ? on(Leg.walk(leg.startPrompt(), seed, motion), BEFORE)
                : on(new Leg(leg.startPrompt(), leg.endPrompt(), seed, seed), alpha);
    }
}
