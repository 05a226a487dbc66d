package org.riffloom.clip;

import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.RiffPoint;
import org.riffloom.prompt.RiffSettings;

/**
 * What a sound is to become.
 *
 * @param prompt what the music is like then
 * @param settings of which {@code denoising} says how far it moves from what it was; seed and mask images do not count
 * @param kept what of the sound stays as it is
 */
public record Repainting(Prompt prompt, RiffSettings settings, KeptSound kept) {

    /**
     * The recipe of a window. Each has a seed of its own: the same noise again and again would be heard.
     *
     * @param window counted from 0
     */
    public Interpolation recipe(int window) {
        RiffPoint point = RiffPoint.of(prompt, settings.seed() + window, settings);
        return new Interpolation(point, point, 0, null, settings.steps(), null, settings.scheduler(), settings.loras());
    }
}
