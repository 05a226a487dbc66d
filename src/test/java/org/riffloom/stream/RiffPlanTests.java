package org.riffloom.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.riffloom.clip.Clip;
import org.riffloom.clip.ClipId;
import org.riffloom.clip.EncodedMedia;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.PromptMix;
import org.riffloom.prompt.RiffSettings;
import org.riffloom.prompt.SeedMotion;

class RiffPlanTests {

    private static final RiffSettings SETTINGS = new RiffSettings(42, "og_beat", 0.75, 7, 25, "");

    private final RiffPlan plan = new RiffPlan(PromptMix.of(new Prompt("jazz")), SETTINGS, 3);

    @Test
    void walksFromSeedToSeedInQuarters() {
        assertThat(take(9))
                .containsExactly(
                        "jazz 42 → jazz 43 @0.0",
                        "jazz 42 → jazz 43 @0.25",
                        "jazz 42 → jazz 43 @0.5",
                        "jazz 42 → jazz 43 @0.75",
                        "jazz 43 → jazz 44 @0.0",
                        "jazz 43 → jazz 44 @0.25",
                        "jazz 43 → jazz 44 @0.5",
                        "jazz 43 → jazz 44 @0.75",
                        "jazz 44 → jazz 45 @0.0");
    }

    @Test
    void movesToAPromptWithOneSeedAndThenWalksOnFromThere() {
        take(1);
        plan.moveTo(new Prompt("bells"), false);
        assertThat(take(6))
                .containsExactly(
                        "jazz 42 → bells 42 @0.25",
                        "jazz 42 → bells 42 @0.5",
                        "jazz 42 → bells 42 @0.75",
                        "bells 42 → bells 43 @0.0",
                        "bells 42 → bells 43 @0.25",
                        "bells 42 → bells 43 @0.5");
    }

    @Test
    void breaksIntoAWalkAtTheNearerSeed() {
        take(2);
        plan.moveTo(new Prompt("bells"), false);
        assertThat(take(1)).containsExactly("jazz 42 → bells 42 @0.25");
    }

    @Test
    void goesOnToTheNextSeedWhenThatIsNearer() {
        take(4);
        plan.moveTo(new Prompt("bells"), false);
        assertThat(take(4))
                .containsExactly(
                        "jazz 43 → bells 43 @0.25",
                        "jazz 43 → bells 43 @0.5",
                        "jazz 43 → bells 43 @0.75",
                        "bells 43 → bells 44 @0.0");
    }

    @Test
    void runsBackFromTheMiddleOfAWalk() {
        take(3);
        plan.moveTo(new Prompt("bells"), false);
        assertThat(take(4))
                .containsExactly(
                        "jazz 43 → bells 42 @0.25",
                        "jazz 43 → bells 42 @0.5",
                        "jazz 43 → bells 42 @0.75",
                        "bells 42 → bells 43 @0.0");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void neverMovesByMoreThanAQuarterAtOnce(int before) {
        List<Interpolation> recipes = new ArrayList<>();
        for (int i = 0; i < before; i++) {
            recipes.add(plan.next());
        }
        plan.moveTo(new Prompt("bells"), false);
        plan.moveTo(new Prompt("techno"), false);
        for (int i = 0; i < 16; i++) {
            recipes.add(plan.next());
        }
        for (int i = 1; i < recipes.size(); i++) {
            assertThat(noise(recipes.get(i)))
                    .as("noise of clip %d", i)
                    .isCloseTo(noise(recipes.get(i - 1)), within(0.25));
            assertThat(words(recipes.get(i)))
                    .as("words of clip %d", i)
                    .isCloseTo(words(recipes.get(i - 1)), within(0.25));
        }
        assertThat(recipes.get(before + 3).start().prompt()).isEqualTo(PromptMix.of(new Prompt("bells")));
        assertThat(recipes.get(before + 7).start().prompt()).isEqualTo(PromptMix.of(new Prompt("techno")));
    }

    /** Where on the line of all seeds the noise is; between neighbours that is where a slerp of them is. */
    private static double noise(Interpolation recipe) {
        return recipe.start().seed()
                + recipe.alpha() * (recipe.end().seed() - recipe.start().seed());
    }

    private static double words(Interpolation recipe) {
        List<String> order = List.of("jazz", "bells", "techno");
        int start = order.indexOf(recipe.start().prompt().text());
        int end = order.indexOf(recipe.end().prompt().text());
        return start + recipe.alpha() * (end - start);
    }

    @Test
    void followsPromptsInOrderAndIsAtEachForAClip() {
        take(1);
        Stream.of("bells", "techno").map(Prompt::new).forEach(prompt -> plan.moveTo(prompt, false));
        assertThat(take(9))
                .containsExactly(
                        "jazz 42 → bells 42 @0.25",
                        "jazz 42 → bells 42 @0.5",
                        "jazz 42 → bells 42 @0.75",
                        "bells 42 → bells 43 @0.0",
                        "bells 42 → techno 42 @0.25",
                        "bells 42 → techno 42 @0.5",
                        "bells 42 → techno 42 @0.75",
                        "techno 42 → techno 43 @0.0",
                        "techno 42 → techno 43 @0.25");
    }

    @Test
    void startsAtItsFirstPromptEvenIfAnotherAlreadyWaits() {
        plan.moveTo(new Prompt("bells"), false);
        assertThat(take(2)).containsExactly("jazz 42 → jazz 43 @0.0", "jazz 42 → bells 42 @0.25");
    }

    @Test
    void doesNotMoveToWhereItIs() {
        take(1);
        plan.moveTo(new Prompt("jazz"), false);
        plan.moveTo(new Prompt("bells"), false);
        assertThat(take(1)).containsExactly("jazz 42 → bells 42 @0.25");
    }

    @Test
    void aReplacementTakesThePlaceOfAllThatWait() {
        take(1);
        plan.moveTo(new Prompt("bells"), false);
        plan.moveTo(new Prompt("techno"), true);
        assertThat(take(1)).containsExactly("jazz 42 → techno 42 @0.25");
    }

    @Test
    void boundsTheLineOfPrompts() {
        Stream.of("a", "b", "c").map(Prompt::new).forEach(prompt -> plan.moveTo(prompt, false));
        assertThatThrownBy(() -> plan.moveTo(new Prompt("d"), false))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("3 prompts already wait");
    }

    @Test
    void usesChangedSettingsFromTheNextClipOnWithoutLosingItsPlace() {
        take(2);
        plan.change(new RiffSettings(42, null, 0.5, 9, 10, "noise"));
        Interpolation next = plan.next();
        assertThat(describe(next)).isEqualTo("jazz 42 → jazz 43 @0.5");
        assertThat(next.seedImage()).isNull();
        assertThat(next.denoising()).isEqualTo(0.5);
        assertThat(next.guidance()).isEqualTo(9);
        assertThat(next.steps()).isEqualTo(10);
        assertThat(next.start().negativePrompt()).isEqualTo("noise");
    }

    @Test
    void anotherSeedBeginsANewWalk() {
        take(3);
        plan.change(new RiffSettings(7, "og_beat", 0.75, 7, 25, ""));
        assertThat(take(2)).containsExactly("jazz 7 → jazz 8 @0.0", "jazz 7 → jazz 8 @0.25");
    }

    @Test
    void anotherSeedDoesNotStopATransition() {
        take(1);
        plan.moveTo(new Prompt("bells"), false);
        take(1);
        plan.change(new RiffSettings(7, "og_beat", 0.75, 7, 25, ""));
        assertThat(take(3))
                .containsExactly("jazz 7 → bells 7 @0.5", "jazz 7 → bells 7 @0.75", "bells 7 → bells 8 @0.0");
    }

    /** Wherever a plan was: in walks, in transitions, and in those that run back from the middle of a walk. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void goesOnAfterARecipeAsThePlanThatGaveIt(int before) {
        take(before);
        plan.moveTo(new Prompt("bells"), false);
        List<Interpolation> recipes = Stream.generate(plan::next).limit(16).toList();
        for (int i = 0; i + 1 < recipes.size(); i++) {
            Interpolation last = recipes.get(i);
            RiffSettings settings = new RiffSettings(last.start().seed(), "og_beat", 0.75, 7, 25, "");
            RiffPlan other = RiffPlan.after(last, null, settings, 3);
            assertThat(Stream.generate(other::next).limit(recipes.size() - 1 - i))
                    .as("after %s", describe(last))
                    .isEqualTo(recipes.subList(i + 1, recipes.size()));
        }
    }

    @Test
    void goesOnAfterARecipeToWhatTheListenerWants() {
        take(2);
        Interpolation last = plan.next();
        RiffPlan other = RiffPlan.after(last, null, SETTINGS, 3);
        other.moveTo(new Prompt("bells"), false);
        assertThat(describe(other.next())).isEqualTo("jazz 43 → bells 42 @0.25");
        RiffPlan cut = RiffPlan.after(last, null, SETTINGS, 3);
        cut.cutTo(PromptMix.of(new Prompt("techno")));
        assertThat(describe(cut.next())).isEqualTo("techno 43 → techno 44 @0.0");
        RiffPlan seeded = RiffPlan.after(last, null, SETTINGS, 3);
        seeded.change(new RiffSettings(7, "og_beat", 0.75, 7, 25, ""));
        assertThat(describe(seeded.next())).isEqualTo("jazz 7 → jazz 8 @0.0");
    }

    @Test
    void cutsToAPrompt() {
        take(2);
        plan.moveTo(new Prompt("bells"), false);
        plan.cutTo(PromptMix.of(new Prompt("techno")));
        assertThat(take(2)).containsExactly("techno 43 → techno 44 @0.0", "techno 43 → techno 44 @0.25");
    }

    private static PromptMix mix(Object... promptsAndWeights) {
        List<PromptMix.Part> parts = new ArrayList<>();
        for (int i = 0; i < promptsAndWeights.length; i += 2) {
            parts.add(new PromptMix.Part(
                    new Prompt((String) promptsAndWeights[i]), ((Number) promptsAndWeights[i + 1]).doubleValue()));
        }
        return PromptMix.of(parts);
    }

    @Test
    void glidesToAMixWhileTheNoiseStandsStillAndThenWalksOn() {
        take(2);
        plan.mix(mix("bells", 1, "jazz", 1));
        assertThat(take(4))
                .containsExactly(
                        "75 % jazz + 25 % bells 42 → 75 % jazz + 25 % bells 43 @0.25",
                        "50 % bells + 50 % jazz 42 → 50 % bells + 50 % jazz 43 @0.25",
                        "50 % bells + 50 % jazz 42 → 50 % bells + 50 % jazz 43 @0.5",
                        "50 % bells + 50 % jazz 42 → 50 % bells + 50 % jazz 43 @0.75");
    }

    @Test
    void aMixTakesThePlaceOfTheMixBeforeAndOfAllThatWaits() {
        take(1);
        plan.moveTo(new Prompt("techno"), false);
        plan.mix(mix("harp", 1));
        plan.mix(mix("bells", 1));
        assertThat(take(5))
                .containsExactly(
                        "75 % jazz + 25 % bells 42 → 75 % jazz + 25 % bells 43 @0.0",
                        "50 % jazz + 50 % bells 42 → 50 % jazz + 50 % bells 43 @0.0",
                        "25 % jazz + 75 % bells 42 → 25 % jazz + 75 % bells 43 @0.0",
                        "bells 42 → bells 43 @0.0",
                        "bells 42 → bells 43 @0.25");
    }

    @Test
    void aMixThatIsThereAlreadyHoldsNothingUp() {
        take(2);
        plan.mix(mix("jazz", 5));
        assertThat(take(1)).containsExactly("jazz 42 → jazz 43 @0.5");
    }

    @Test
    void breaksOffATransitionForAMixWhereItIs() {
        take(1);
        plan.moveTo(new Prompt("bells"), false);
        take(2);
        plan.mix(mix("jazz", 0.6, "bells", 0.4));
        assertThat(take(2))
                .containsExactly(
                        "60 % jazz + 40 % bells 42 → 60 % jazz + 40 % bells 43 @0.0",
                        "60 % jazz + 40 % bells 42 → 60 % jazz + 40 % bells 43 @0.25");
    }

    @Test
    void movesFromAMixToAPromptAsFromAPrompt() {
        take(1);
        plan.mix(mix("jazz", 0.8, "bells", 0.2));
        plan.moveTo(new Prompt("techno"), false);
        assertThat(take(5))
                .containsExactly(
                        "80 % jazz + 20 % bells 42 → 80 % jazz + 20 % bells 43 @0.0",
                        "80 % jazz + 20 % bells 42 → techno 42 @0.25",
                        "80 % jazz + 20 % bells 42 → techno 42 @0.5",
                        "80 % jazz + 20 % bells 42 → techno 42 @0.75",
                        "techno 42 → techno 43 @0.0");
    }

    @Test
    void aReplacementTakesThePlaceOfTheMixThatIsOnItsWay() {
        take(1);
        plan.mix(mix("bells", 1));
        take(1);
        plan.moveTo(new Prompt("techno"), true);
        assertThat(take(1)).containsExactly("75 % jazz + 25 % bells 42 → techno 42 @0.25");
    }

    @Test
    void cutsToAMixAndStartsWithOne() {
        take(2);
        plan.cutTo(mix("harp", 1, "bells", 1));
        assertThat(take(1)).containsExactly("50 % harp + 50 % bells 43 → 50 % harp + 50 % bells 44 @0.0");
        RiffPlan mixed = new RiffPlan(mix("harp", 1, "bells", 3), SETTINGS, 3);
        mixed.mix(mix("bells", 1));
        assertThat(describe(mixed.next())).isEqualTo("25 % harp + 75 % bells 42 → 25 % harp + 75 % bells 43 @0.0");
        assertThat(describe(mixed.next())).isEqualTo("bells 42 → bells 43 @0.0");
    }

    /** Prompts, mixes and plain clips in any order: neither words nor noise jump, and what was asked for last is reached. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void neverJumpsWhateverIsAskedFor(long seed) {
        Random random = new Random(seed);
        List<String> names = List.of("jazz", "bells", "techno", "harp", "organ");
        Interpolation last = plan.next();
        for (int i = 0; i < 200; i++) {
            String name = names.get(random.nextInt(names.size()));
            String other = names.get(random.nextInt(names.size()));
            switch (random.nextInt(4)) {
                case 0 -> plan.moveTo(new Prompt(name), true);
                case 1, 2 -> plan.mix(mix(name, random.nextDouble() + 0.01, other, random.nextDouble()));
                default -> {}
            }
            for (int clip = random.nextInt(6); clip > 0; clip--) {
                Interpolation next = plan.next();
                assertThat(moved(words(last, names), words(next, names)))
                        .as("words of %s after %s", describe(next), describe(last))
                        .isLessThanOrEqualTo(0.25 + 1e-9);
                assertThat(noise(next))
                        .as("noise of %s after %s", describe(next), describe(last))
                        .isCloseTo(noise(last), within(0.25));
                last = next;
            }
        }
        PromptMix asked = mix("harp", 0.3, "bells", 0.7);
        plan.mix(asked);
        take(4);
        assertThat(plan.next().start().prompt()).isEqualTo(asked);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void neverJumpsFurtherThanItsVelocityWhateverThatIs(long seed) {
        Random random = new Random(seed);
        List<String> names = List.of("jazz", "bells", "techno");
        Interpolation last = plan.next();
        for (int i = 0; i < 400; i++) {
            double velocity = 1.0 / (1 + random.nextInt(16));
            plan.change(moving(velocity, random.nextInt(4) == 0 ? SeedMotion.LOCK : SeedMotion.WALK));
            switch (random.nextInt(6)) {
                case 0, 1 -> plan.moveTo(new Prompt(names.get(random.nextInt(names.size()))), true);
                case 2 -> plan.mix(mix(names.get(random.nextInt(names.size())), 1, "jazz", random.nextDouble()));
                default -> {}
            }
            for (int clip = random.nextInt(6); clip > 0; clip--) {
                Interpolation next = plan.next();
                assertThat(moved(words(last, names), words(next, names)))
                        .as("words of %s after %s", describe(next), describe(last))
                        .isLessThanOrEqualTo(velocity + 1e-9);
                assertThat(noise(next))
                        .as("noise of %s after %s", describe(next), describe(last))
                        .isCloseTo(noise(last), within(Math.max(velocity, 0.25) + 1e-9));
                last = next;
            }
        }
        plan.change(moving(0.0625, SeedMotion.WALK));
        plan.moveTo(new Prompt("bells"), true);
        // A clip to leave the middle of a walk, or sixteen to end a transition first.
        take(17 + 16);
        assertThat(plan.next().start().prompt()).isEqualTo(PromptMix.of(new Prompt("bells")));
    }

    /** What an independent reader of a recipe gives each prompt. */
    private static double[] words(Interpolation recipe, List<String> names) {
        double[] weights = new double[names.size()];
        recipe.start()
                .prompt()
                .parts()
                .forEach(part -> weights[names.indexOf(part.prompt().text())] += (1 - recipe.alpha()) * part.weight());
        recipe.end()
                .prompt()
                .parts()
                .forEach(part -> weights[names.indexOf(part.prompt().text())] += recipe.alpha() * part.weight());
        return weights;
    }

    private static double moved(double[] from, double[] to) {
        double sum = 0;
        for (int i = 0; i < from.length; i++) {
            sum += Math.abs(from[i] - to[i]) / 2;
        }
        return sum;
    }

    private ClipId make() {
        Interpolation recipe = plan.next();
        EncodedMedia nothing = EncodedMedia.of("audio/wav", new byte[0]);
        Clip clip = new Clip(ClipId.random(), recipe, nothing, nothing, 5.12, 0, Duration.ZERO);
        MadeClip last = plan.last();
        plan.made(clip, last == null ? 0 : last.index() + 1);
        return clip.id();
    }

    @Test
    void clipsThatWereMadeBeforeAWishWasKnownGiveWay() {
        ClipId sounding = make();
        make();
        make();
        plan.moveTo(new Prompt("bells"), false);
        assertThat(plan.giveWay(sounding, null)).isTrue();
        assertThat(Objects.requireNonNull(plan.last()).id()).isEqualTo(sounding);
        assertThat(take(2)).containsExactly("jazz 42 → bells 42 @0.25", "jazz 42 → bells 42 @0.5");
    }

    @Test
    void clipsThatWouldBeTheSameAgainStay() {
        ClipId sounding = make();
        plan.moveTo(new Prompt("bells"), false);
        make();
        ClipId last = make();
        Interpolation making = plan.next();
        plan.moveTo(new Prompt("techno"), false);
        assertThat(plan.giveWay(sounding, making)).isFalse();
        assertThat(Objects.requireNonNull(plan.last()).id()).isEqualTo(last);
        // After the third quarter come the bells themselves, and only then what was asked for last.
        assertThat(take(2)).containsExactly("bells 42 → bells 43 @0.0", "bells 42 → techno 42 @0.25");
    }

    @Test
    void onlyTheClipsThatWouldBeOthersGiveWay() {
        plan.moveTo(new Prompt("bells"), false);
        ClipId sounding = make();
        IntStream.range(0, 3).forEach(clip -> make());
        ClipId arrived = make();
        make();
        make();
        plan.moveTo(new Prompt("techno"), false);
        assertThat(plan.giveWay(sounding, null)).isTrue();
        assertThat(Objects.requireNonNull(plan.last()).id()).isEqualTo(arrived);
        assertThat(take(1)).containsExactly("bells 42 → techno 42 @0.25");
    }

    @Test
    void whatIsBeingMadeGivesWayToo() {
        make();
        ClipId sounding = make();
        Interpolation making = plan.next();
        plan.change(new RiffSettings(42, "og_beat", 0.5, 7, 25, ""));
        assertThat(plan.giveWay(sounding, making)).isTrue();
        Interpolation instead = plan.next();
        assertThat(describe(instead)).isEqualTo(describe(making));
        assertThat(instead.denoising()).isEqualTo(0.5);
    }

    @Test
    void aPromptWhoseTransitionGaveWayStillWaits() {
        ClipId sounding = make();
        plan.moveTo(new Prompt("bells"), false);
        make();
        make();
        plan.change(new RiffSettings(42, "og_beat", 0.5, 7, 25, ""));
        assertThat(plan.giveWay(sounding, null)).isTrue();
        assertThat(take(4))
                .containsExactly(
                        "jazz 42 → bells 42 @0.25",
                        "jazz 42 → bells 42 @0.5",
                        "jazz 42 → bells 42 @0.75",
                        "bells 42 → bells 43 @0.0");
    }

    @Test
    void aReplacementTakesAPromptBackWhoseClipsGiveWay() {
        ClipId sounding = make();
        plan.moveTo(new Prompt("bells"), false);
        make();
        make();
        plan.moveTo(new Prompt("techno"), true);
        assertThat(plan.giveWay(sounding, null)).isTrue();
        assertThat(take(1)).containsExactly("jazz 42 → techno 42 @0.25");
    }

    /** It began to sound before the one in its place was there, so the riff goes on from it after all. */
    @Test
    void goesOnFromAClipThatHadGivenWay() {
        ClipId first = make();
        ClipId second = make();
        plan.moveTo(new Prompt("bells"), false);
        assertThat(plan.giveWay(first, null)).isTrue();
        make();
        assertThat(plan.giveWay(second, null)).isTrue();
        assertThat(take(1)).containsExactly("jazz 42 → bells 42 @0.25");
    }

    @Test
    void aClipThatNobodyKnowsChangesNothing() {
        make();
        plan.moveTo(new Prompt("bells"), false);
        make();
        assertThat(plan.giveWay(ClipId.random(), null)).isFalse();
        assertThat(take(1)).containsExactly("jazz 42 → bells 42 @0.5");
    }

    @Test
    void aClipThatFailedIsTriedAgain() {
        make();
        String failed = describe(plan.next());
        plan.abandon();
        assertThat(take(1)).containsExactly(failed);
    }

    private static RiffSettings moving(double alphaVelocity, SeedMotion motion) {
        return new RiffSettings(42, "og_beat", 0.75, 7, 25, "", null, null, null, alphaVelocity, motion);
    }

    @Test
    void movesAsFastAsIsWished() {
        plan.change(moving(0.5, SeedMotion.WALK));
        assertThat(take(3))
                .containsExactly("jazz 42 → jazz 43 @0.0", "jazz 42 → jazz 43 @0.5", "jazz 43 → jazz 44 @0.0");
        plan.change(moving(1, SeedMotion.WALK));
        plan.moveTo(new Prompt("bells"), false);
        assertThat(take(2)).containsExactly("bells 43 → bells 44 @0.0", "bells 44 → bells 45 @0.0");
        plan.change(moving(1.0 / 3, SeedMotion.WALK));
        List<Double> alphas =
                Stream.generate(plan::next).limit(3).map(Interpolation::alpha).toList();
        assertThat(alphas.get(0)).isCloseTo(1 / 3.0, within(1e-9));
        assertThat(alphas.get(1)).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(alphas.get(2)).isZero();
    }

    @Test
    void aSlowTransitionLeavesTheMiddleOfAWalkFirst() {
        take(3);
        plan.change(moving(0.125, SeedMotion.WALK));
        plan.moveTo(new Prompt("bells"), false);
        assertThat(take(3))
                .containsExactly("jazz 42 → jazz 43 @0.75", "jazz 43 → bells 43 @0.125", "jazz 43 → bells 43 @0.25");
    }

    @Test
    void aLockedSeedStays() {
        take(2);
        plan.change(moving(0.25, SeedMotion.LOCK));
        assertThat(take(3))
                .containsExactly("jazz 42 → jazz 43 @0.0", "jazz 42 → jazz 43 @0.0", "jazz 42 → jazz 43 @0.0");
        plan.moveTo(new Prompt("bells"), false);
        assertThat(take(5))
                .containsExactly(
                        "jazz 42 → bells 42 @0.25",
                        "jazz 42 → bells 42 @0.5",
                        "jazz 42 → bells 42 @0.75",
                        "bells 42 → bells 43 @0.0",
                        "bells 42 → bells 43 @0.0");
    }

    @Test
    void randomSeedsAreTheSameEachTime() {
        plan.change(moving(1, SeedMotion.RANDOM));
        List<Long> seeds = Stream.generate(plan::next)
                .limit(200)
                .map(recipe -> recipe.start().seed())
                .toList();
        RiffPlan again = new RiffPlan(PromptMix.of(new Prompt("jazz")), moving(1, SeedMotion.RANDOM), 3);
        assertThat(Stream.generate(again::next)
                        .limit(200)
                        .map(recipe -> recipe.start().seed())
                        .skip(1))
                .doesNotHaveDuplicates()
                .allMatch(seed -> seed >= 0 && seed < 1_000_000);
        assertThat(seeds).startsWith(42L, 43L);
    }

    @Test
    void theLastSeedIsFollowedByTheFirst() {
        RiffPlan last =
                new RiffPlan(PromptMix.of(new Prompt("jazz")), new RiffSettings(Long.MAX_VALUE, null, 1, 7, 25, ""), 3);
        assertThat(last.next().end().seed()).isEqualTo(Long.MIN_VALUE);
    }

    private List<String> take(int clips) {
        return Stream.generate(plan::next)
                .limit(clips)
                .map(RiffPlanTests::describe)
                .toList();
    }

    private static String describe(Interpolation recipe) {
        return "%s %d → %s %d @%s"
                .formatted(
                        recipe.start().prompt(),
                        recipe.start().seed(),
                        recipe.end().prompt(),
                        recipe.end().seed(),
                        recipe.alpha());
    }
}
