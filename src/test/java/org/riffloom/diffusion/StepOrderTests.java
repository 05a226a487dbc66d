package org.riffloom.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.riffloom.checkpoint.Lora;
import org.riffloom.checkpoint.ModelFolder;

class StepOrderTests {

    private static final List<WornLora> BELLS = List.of(anyLora());

    static WornLora anyLora() {
        ModelFolder model = ModelFolder.open(Reference.folder("epsilon").resolve("model"));
        return new WornLora(Lora.open(Reference.folder("lora").resolve("peft.safetensors"), model), 1);
    }

    @Test
    void firstThatCameGoesAndWhoeverIsAlikeGoesAlong() {
        FakeWalk one = new FakeWalk("one", 10);
        FakeWalk wide = new FakeWalk("wide", 10, FakeWalk.WIDE, List.of());
        FakeWalk styled = new FakeWalk("styled", 10, FakeWalk.SQUARE, BELLS);
        FakeWalk two = new FakeWalk("two", 50);
        FakeWalk otherStyled = new FakeWalk("other styled", 4, FakeWalk.SQUARE, BELLS);
        one.step();
        assertThat(StepOrder.next(List.of(one, wide, styled, two, otherStyled), 100 * FakeWalk.LOAD))
                .containsExactly(one, two);
        assertThat(StepOrder.next(List.of(styled, one, wide, two, otherStyled), 100 * FakeWalk.LOAD))
                .containsExactly(styled, otherStyled);
        assertThat(StepOrder.next(List.of(wide, styled, one), 100 * FakeWalk.LOAD))
                .containsExactly(wide);
    }

    @Test
    void onlyAsManyGoAsThereIsRoomFor() {
        List<FakeWalk> walks = List.of(new FakeWalk("1", 1), new FakeWalk("2", 1), new FakeWalk("3", 1));
        assertThat(StepOrder.next(walks, 2 * FakeWalk.LOAD)).isEqualTo(walks.subList(0, 2));
        assertThat(StepOrder.next(walks, 3 * FakeWalk.LOAD - 1)).isEqualTo(walks.subList(0, 2));
        FakeWalk wide = new FakeWalk("wide", 1, FakeWalk.WIDE, List.of());
        assertThat(StepOrder.next(List.of(wide, walks.get(0)), FakeWalk.LOAD))
                .as("larger than all the room")
                .containsExactly(wide);
    }

    /** Among six in hand, whatever there is, with always somebody new in the place of one that has arrived. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    void nobodyWaitsLongerThanForThoseWhoCameEarlier(int room) {
        Random random = new Random(room);
        List<FakeWalk> inHand = new ArrayList<>();
        Map<FakeWalk, Integer> latest = new HashMap<>();
        int came = 0;
        for (int pass = 0; pass < 5000; pass++) {
            while (inHand.size() < 6) {
                FakeWalk walk = new FakeWalk(
                        "walk " + came++,
                        1 + random.nextInt(50),
                        random.nextInt(4) > 0 ? FakeWalk.SQUARE : FakeWalk.WIDE,
                        random.nextInt(4) > 0 ? List.of() : BELLS);
                inHand.add(walk);
                // Its turn, if all in hand went one after the other.
                int steps = inHand.stream()
                        .mapToInt(each -> each.steps() - each.done())
                        .sum();
                latest.put(walk, pass + steps);
            }
            StepOrder.next(inHand, room * FakeWalk.LOAD).forEach(FakeWalk::step);
            for (FakeWalk walk : inHand) {
                if (walk.done() == walk.steps()) {
                    assertThat(pass + 1).as(walk.name).isLessThanOrEqualTo(latest.get(walk));
                }
            }
            inHand.removeIf(walk -> walk.done() == walk.steps());
        }
    }
}
