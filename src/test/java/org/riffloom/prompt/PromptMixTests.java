package org.riffloom.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.riffloom.prompt.PromptMix.Part;

class PromptMixTests {

    private static Part part(String prompt, double weight) {
        return new Part(new Prompt(prompt), weight);
    }

    private static PromptMix mix(Part... parts) {
        return PromptMix.of(List.of(parts));
    }

    /** How much of the whole weight differs, counted over all prompts of both. */
    private static double moved(PromptMix from, PromptMix to) {
        List<Prompt> prompts = new ArrayList<>();
        from.parts().forEach(part -> prompts.add(part.prompt()));
        to.parts().forEach(part -> prompts.add(part.prompt()));
        return prompts.stream()
                        .distinct()
                        .mapToDouble(prompt -> Math.abs(weight(from, prompt) - weight(to, prompt)))
                        .sum()
                / 2;
    }

    private static double weight(PromptMix mix, Prompt prompt) {
        return mix.parts().stream()
                .filter(part -> part.prompt().equals(prompt))
                .mapToDouble(Part::weight)
                .sum();
    }

    @Test
    void weightsAreShares() {
        assertThat(mix(part("jazz piano", 3), part("church bells", 1)).parts())
                .containsExactly(part("jazz piano", 0.75), part("church bells", 0.25));
    }

    @Test
    void onePromptIsAPromptAlone() {
        assertThat(mix(part("jazz", 0.3))).isEqualTo(PromptMix.of(new Prompt("jazz")));
        assertThat(mix(part("jazz", 0.3), part("bells", 0))).isEqualTo(PromptMix.of(new Prompt("jazz")));
        assertThat(PromptMix.of(new Prompt("jazz")).text()).isEqualTo("jazz");
        assertThat(PromptMix.of(new Prompt("jazz")).isMixed()).isFalse();
    }

    @Test
    void theSamePromptTwiceCountsOnceWithBothWeights() {
        assertThat(mix(part("jazz", 1), part("bells", 2), part("  jazz ", 1)).parts())
                .containsExactly(part("jazz", 0.5), part("bells", 0.5));
    }

    @Test
    void whatIsAMixAlreadyStaysAsItIs() {
        PromptMix thirds = mix(part("a", 1), part("b", 1), part("c", 1.1));
        assertThat(PromptMix.of(thirds.parts())).isEqualTo(thirds);
        assertThat(new PromptMix(thirds.parts())).isEqualTo(thirds);
    }

    @Test
    void saysWhatItIs() {
        assertThat(mix(part("jazz piano", 0.6), part("church bells", 0.4)).text())
                .isEqualTo("60 % jazz piano + 40 % church bells");
        assertThat(mix(part("jazz piano", 0.999), part("church bells", 0.001)))
                .hasToString("100 % jazz piano + <1 % church bells");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1_001, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesAWeightOutOfRange(double weight) {
        assertThatThrownBy(() -> part("jazz", weight))
                .asInstanceOf(type(InvalidRequestException.class))
                .satisfies(e -> assertThat(e.field()).isEqualTo("weight"))
                .satisfies(e -> assertThat(e.getMessage()).contains("between 0 and 1000"));
    }

    @Test
    void refusesAMixOfNothingAndOfTooMuch() {
        List<Part> seven = IntStream.range(0, 7).mapToObj(i -> part("p" + i, 1)).toList();
        assertThatThrownBy(() -> PromptMix.of(seven)).hasMessageContaining("1 to 6");
        assertThatThrownBy(() -> PromptMix.of(List.of())).hasMessageContaining("1 to 6");
        assertThatThrownBy(() -> mix(part("a", 0), part("b", 0))).hasMessageContaining("at least one must be above 0");
        assertThatThrownBy(() -> new PromptMix(List.of(part("a", 0.5)))).hasMessageContaining("sum to 1");
        assertThatThrownBy(() -> new PromptMix(List.of(part("a", 0.5), part("a", 0.5))))
                .hasMessageContaining("each prompt once");
    }

    @Test
    void lieBetweenOthers() {
        PromptMix half = mix(part("a", 1)).between(mix(part("b", 0.5), part("a", 0.5)), 0.5);
        assertThat(half.parts()).containsExactly(part("a", 0.75), part("b", 0.25));
    }

    @Test
    void goStraightWhereNobodyIsInTheWay() {
        PromptMix step = mix(part("a", 0.5), part("b", 0.5)).towards(mix(part("c", 0.9), part("d", 0.1)), 0.25);
        assertThat(step.parts()).hasSize(4);
        assertThat(weight(step, new Prompt("a"))).isCloseTo(0.375, within(1e-12));
        assertThat(weight(step, new Prompt("b"))).isCloseTo(0.375, within(1e-12));
        assertThat(weight(step, new Prompt("c"))).isCloseTo(0.225, within(1e-12));
        assertThat(weight(step, new Prompt("d"))).isCloseTo(0.025, within(1e-12));
    }

    /** The goal changes again and again, to prompts that were never there before, as fast as clips are made. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void neverMoveMoreThanAStepHoweverTheGoalJumps(long seed) {
        Random random = new Random(seed);
        PromptMix now = mix(part("first", 1));
        for (int i = 0; i < 400; i++) {
            PromptMix goal = random(random, i % 3 == 0 ? 7 : 1_000);
            int hold = 1 + random.nextInt(6);
            double left = moved(now, goal);
            for (int clip = 0; clip < hold; clip++) {
                PromptMix next = now.towards(goal, 0.25);
                assertThat(moved(now, next)).isLessThanOrEqualTo(0.25 + 1e-12);
                assertThat(moved(next, goal)).isCloseTo(Math.max(0, left - 0.25), within(1e-9));
                assertThat(next.parts()).hasSizeLessThanOrEqualTo(24);
                left = moved(next, goal);
                now = next;
            }
            if (hold > 4) {
                assertThat(now).isEqualTo(goal);
            }
        }
    }

    private static PromptMix random(Random random, int names) {
        List<Integer> all = IntStream.range(0, names).boxed().collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(all, random);
        return PromptMix.of(all.subList(0, 1 + random.nextInt(6)).stream()
                .map(name -> part("prompt " + name, Math.pow(random.nextDouble(), 3)))
                .toList());
    }
}
