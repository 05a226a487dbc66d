package org.riffloom.diffusion;

import org.riffloom.checkpoint.SchedulerConfig;
import org.riffloom.checkpoint.SchedulerConfig.Spacing;

/**
 * Where img2img enters a walk.
 *
 * @param noised index of the timestep whose noise the image gets
 * @param first index of the first timestep that is walked from
 */
record ImageEntry(int noised, int first) {

    /**
     * The last {@code steps · strength} steps, as diffusers counts them; the noise is that of the first of them.
     *
     * @param visits timesteps in the walk, at least {@code steps}
     */
    static ImageEntry of(int visits, int steps, double strength) {
        return of(visits, steps, strength, 0);
    }

    /**
     * The same where a config asks for an offset, which leading timesteps alone have: there Riffusion's pipeline (and
     * diffusers' of its time) is followed to the letter. It counts the offset in steps too, noises the image for so
     * many more of them, and then leaves out as many: with DDIM the walk begins one timestep below the noise that the
     * image has got.
     */
    static ImageEntry ofRiffusion(SchedulerConfig config, int visits, int steps, double strength) {
        return of(visits, steps, strength, config.spacing() == Spacing.LEADING ? config.stepsOffset() : 0);
    }

    private static ImageEntry of(int visits, int steps, double strength, int offset) {
        int wanted = Math.max(1, Math.min((int) (steps * strength) + offset, steps));
        int first = Math.min(steps - wanted + offset, visits - 1);
        return new ImageEntry(offset == 0 ? first : visits - wanted, first);
    }
}
