package org.riffloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.PromptMix;
import org.riffloom.prompt.RiffSettings;

class RiffPathTests {

    private static final Prompt JAZZ = new Prompt("jazz");
    private static final Prompt BELLS = new Prompt("bells");
    private static final RiffSettings SETTINGS = new RiffSettings(42, "pulse-8", 0.8, 3.5, 10, "");

    private static List<String> told(RiffPath path, int clips) {
        return IntStream.range(0, clips)
                .mapToObj(path::recipe)
                .map(recipe -> recipe.start().seed() + "→" + recipe.end().seed() + " " + recipe.alpha())
                .toList();
    }

    @Test
    void walksFromSeedToSeedInQuarters() {
        assertThat(told(new RiffPath.Walk(JAZZ, SETTINGS), 6))
                .containsExactly("42→43 0.0", "42→43 0.25", "42→43 0.5", "42→43 0.75", "43→44 0.0", "43→44 0.25");
    }

    @Test
    void goesRoundSeedsBackToTheFirst() {
        assertThat(told(new RiffPath.Round(JAZZ, 1, SETTINGS), 1)).containsExactly("42→42 0.0");
        assertThat(told(new RiffPath.Round(JAZZ, 2, SETTINGS), 2)).containsExactly("42→43 0.0", "43→42 0.0");
        assertThat(told(new RiffPath.Round(JAZZ, 4, SETTINGS), 4))
                .containsExactly("42→43 0.0", "42→43 0.75", "43→44 0.5", "44→42 0.25");
        assertThat(told(new RiffPath.Round(JAZZ, 16, SETTINGS), 16))
                .startsWith("42→43 0.0", "42→43 0.25")
                .endsWith("45→42 0.5", "45→42 0.75");
    }

    @Test
    void everyStepOfARoundIsTheSame() {
        for (int clips = 2; clips <= 24; clips++) {
            RiffPath path = new RiffPath.Round(JAZZ, clips, SETTINGS);
            List<Double> places = new ArrayList<>();
            for (int clip = 0; clip < clips; clip++) {
                Interpolation recipe = path.recipe(clip);
                places.add(recipe.start().seed() - 42 + recipe.alpha());
            }
            // The last place leads to the first one of the next round, a whole number of seeds away.
            double step = places.get(1);
            double next = Math.ceil(places.get(clips - 1) + 1e-9);
            assertThat(next - places.get(clips - 1)).isCloseTo(step, within(1e-9));
            for (int clip = 1; clip < clips; clip++) {
                assertThat(places.get(clip) - places.get(clip - 1)).isCloseTo(step, within(1e-9));
            }
        }
    }

    @Test
    void goesToAPromptAndBack() {
        assertThat(IntStream.range(0, 4)
                        .mapToObj(new RiffPath.Way(JAZZ, BELLS, 5, SETTINGS)::recipe)
                        .map(Interpolation::alpha))
                .containsExactly(0.0, 0.25, 0.5, 0.75);
        assertThat(new RiffPath.Way(JAZZ, BELLS, 1, SETTINGS).recipe(0).alpha()).isEqualTo(1);
        RiffPath path = new RiffPath.ThereAndBack(JAZZ, BELLS, 4, SETTINGS);
        assertThat(IntStream.range(0, 4).mapToObj(path::recipe).map(Interpolation::alpha))
                .containsExactly(0.0, 0.5, 1.0, 0.5);
        assertThat(path.recipe(3).end().prompt()).isEqualTo(PromptMix.of(BELLS));
        assertThat(path.recipe(3).end().seed()).isEqualTo(42);
    }
}
