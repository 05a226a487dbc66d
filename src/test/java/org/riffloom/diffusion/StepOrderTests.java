package org.riffloom.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.riffloom.checkpoint.Lora;
import org.riffloom.checkpoint.ModelFolder;

class StepOrderTests {

    private static final int CHANGE_NANOS = 1000;

    private static final List<WornLora> BELLS = List.of(anyLora());

    private long now;
    private final StepOrder order = new StepOrder(() -> now, List.of());

    static WornLora anyLora() {
        ModelFolder model = ModelFolder.open(Reference.folder("epsilon").resolve("model"));
        return new WornLora(Lora.open(Reference.folder("lora").resolve("peft.safetensors"), model), 1);
    }

    private static FakeWalk walk(String name, int done, int steps) {
        FakeWalk walk = new FakeWalk(name, steps);
        IntStream.range(0, done).forEach(step -> walk.step());
        return walk;
    }

    @Test
    void leastFarAlongGoesFirstAndOfEqualsTheFirstThatCame() {
        FakeWalk half = walk("half", 10, 20);
        FakeWalk early = walk("early", 1, 10);
        FakeWalk equal = walk("equal", 3, 20);
        assertThat(order.next(List.of(half, early, equal), FakeWalk.LOAD)).containsExactly(early);
        assertThat(order.next(List.of(half, equal, early), 2 * FakeWalk.LOAD)).containsExactly(equal, early);
    }

    @Test
    void onlyWhatIsAlikeGoesTogetherAndOnlyAsMuchAsThereIsRoomFor() {
        FakeWalk wide = new FakeWalk("wide", 10, FakeWalk.WIDE, List.of());
        FakeWalk styled = new FakeWalk("styled", 10, FakeWalk.SQUARE, BELLS);
        FakeWalk one = walk("one", 0, 10);
        FakeWalk two = walk("two", 0, 10);
        FakeWalk three = walk("three", 0, 10);
        List<FakeWalk> all = List.of(one, wide, styled, two, three);
        assertThat(order.next(all, 2 * FakeWalk.LOAD)).containsExactly(one, two);
        assertThat(order.next(all, 100 * FakeWalk.LOAD)).containsExactly(one, two, three);
        assertThat(order.next(List.of(wide, one), FakeWalk.LOAD))
                .as("larger than all the room")
                .containsExactly(wide);
    }

    /** Whatever comes, however short and however much. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    void nobodyArrivesInAPassFromWhichSomebodyIsLeftOutWhoCameEarlier(int room) {
        Random random = new Random(room);
        List<FakeWalk> inHand = new ArrayList<>();
        FakeWalk wide = new FakeWalk("wide", 50, FakeWalk.WIDE, List.of());
        int came = 0;
        int passes = 0;
        while (came < 500) {
            // There is always somebody new to take the place of one that has arrived.
            while (inHand.size() < 6) {
                came++;
                inHand.add(came == 20 ? wide : new FakeWalk("walk " + came, 1 + random.nextInt(20)));
            }
            List<FakeWalk> together = order.next(inHand, room * FakeWalk.LOAD);
            together.forEach(FakeWalk::step);
            for (FakeWalk walk : together) {
                if (walk.done() == walk.steps()) {
                    assertThat(together).containsAll(inHand.subList(0, inHand.indexOf(walk)));
                }
            }
            inHand.removeIf(walk -> walk.done() == walk.steps());
            passes++;
            assertThat(passes).as("somebody always gets on").isLessThan(20_000);
        }
        assertThat(wide.done()).isEqualTo(50);
    }

    @Test
    void walksThatCannotShareTakeTurns() {
        FakeWalk square = walk("square", 0, 4);
        FakeWalk wide = new FakeWalk("wide", 4, FakeWalk.WIDE, List.of());
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            FakeWalk next =
                    this.order.next(List.of(square, wide), 10 * FakeWalk.LOAD).get(0);
            next.step();
            order.add(next.name);
        }
        assertThat(order).containsExactly("square", "wide", "square", "wide", "square", "wide", "square", "wide");
    }

    @Test
    void lorasAreKeptForFourTimesTheirChangeAndNoLonger() {
        FakeWalk plain = walk("plain", 0, 100);
        FakeWalk styled = new FakeWalk("styled", 100, FakeWalk.SQUARE, BELLS);
        styled.step();
        List<FakeWalk> both = List.of(plain, styled);
        order.changed(BELLS, CHANGE_NANOS);
        assertThat(order.worn()).isEqualTo(BELLS);
        now += 4 * CHANGE_NANOS - 1;
        assertThat(order.next(both, 10 * FakeWalk.LOAD)).containsExactly(styled);
        assertThat(order.next(List.of(plain), 10 * FakeWalk.LOAD))
                .as("nobody wants them")
                .containsExactly(plain);
        now += 1;
        assertThat(order.next(both, 10 * FakeWalk.LOAD)).containsExactly(plain);
    }

    @Test
    void atMostAFifthOfTheTimeGoesIntoChanging() {
        FakeWalk plain = walk("plain", 0, 1000);
        FakeWalk styled = new FakeWalk("styled", 1000, FakeWalk.SQUARE, BELLS);
        int changes = 0;
        for (int step = 0; step < 1000; step++) {
            FakeWalk next = order.next(List.of(plain, styled), FakeWalk.LOAD).get(0);
            if (!next.loras().equals(order.worn())) {
                now += CHANGE_NANOS;
                changes++;
                order.changed(next.loras(), CHANGE_NANOS);
            }
            now += 100;
            next.step();
        }
        assertThat((double) changes * CHANGE_NANOS / now).isLessThanOrEqualTo(0.2);
        assertThat(Math.abs(plain.done() - styled.done())).as("both go on").isLessThanOrEqualTo(41);
    }
}
