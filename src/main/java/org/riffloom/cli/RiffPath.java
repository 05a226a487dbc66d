package org.riffloom.cli;

import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.RiffPoint;
import org.riffloom.prompt.RiffSettings;

/** Which way a riff of a known number of clips goes: what each of them is made from. */
sealed interface RiffPath {

    /** How many clips a seed's quarters make. */
    int CLIPS_FOR_EACH_SEED = 4;

    /** The recipe of a clip, counted from 0. */
    Interpolation recipe(int clip);

    /**
     * Seed after seed, a quarter with every clip, as in a live session.
     *
     * @param settings with the first seed
     */
    record Walk(Prompt prompt, RiffSettings settings) implements RiffPath {

        @Override
        public Interpolation recipe(int clip) {
            long seed = settings.seed() + clip / CLIPS_FOR_EACH_SEED;
            double alpha = (double) (clip % CLIPS_FOR_EACH_SEED) / CLIPS_FOR_EACH_SEED;
            return between(prompt, seed, prompt, seed + 1, alpha, settings);
        }
    }

    /**
     * Round some seeds and back to the first: every clip is as far from the next as the last is from the first. The seeds
     * are three or more, so that no clip is another one on the way back, and as many as make steps of about a quarter.
     */
    record Round(Prompt prompt, int clips, RiffSettings settings) implements RiffPath {

        private static final int FEWEST_SEEDS = 3;

        @Override
        public Interpolation recipe(int clip) {
            int seeds = Math.min(clips, Math.max(FEWEST_SEEDS, clips / CLIPS_FOR_EACH_SEED));
            int seed = clip * seeds / clips;
            double alpha = (double) (clip * seeds % clips) / clips;
            return between(
                    prompt, settings.seed() + seed, prompt, settings.seed() + (seed + 1) % seeds, alpha, settings);
        }
    }

    /** From one prompt to another with one seed, in even steps. */
    record Way(Prompt from, Prompt to, int clips, RiffSettings settings) implements RiffPath {

        @Override
        public Interpolation recipe(int clip) {
            double alpha = clips == 1 ? 1 : (double) clip / (clips - 1);
            return between(from, settings.seed(), to, settings.seed(), alpha, settings);
        }
    }

    /** From one prompt to another, which is there halfway, and back, with one seed. */
    record ThereAndBack(Prompt from, Prompt to, int clips, RiffSettings settings) implements RiffPath {

        @Override
        public Interpolation recipe(int clip) {
            double alpha = 1 - Math.abs(1 - 2.0 * clip / clips);
            return between(from, settings.seed(), to, settings.seed(), alpha, settings);
        }
    }

    private static Interpolation between(
            Prompt from, long startSeed, Prompt to, long endSeed, double alpha, RiffSettings settings) {
        return new Interpolation(
                RiffPoint.of(from, startSeed, settings),
                RiffPoint.of(to, endSeed, settings),
                alpha,
                settings.seedImage(),
                settings.steps(),
                settings.maskImage(),
                settings.scheduler(),
                settings.loras());
    }
}
