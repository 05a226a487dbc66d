package org.riffloom.clip;

import java.util.List;
import org.riffloom.prompt.LoraWeights;
import org.riffloom.prompt.RiffSettings;

/**
 * What a listener may know of the model.
 *
 * @param name such as {@code riffloom-mini}
 * @param sampleRate of its clips' sound in hertz
 * @param clipSeconds the length of each clip
 * @param defaults that suit this model
 * @param examplePrompts that it understands well
 * @param maskImages ids of the masks that come with it
 * @param loras that were loaded beside it, and how much each counts where a listener names none
 */
public record ModelInfo(
        String name,
        int sampleRate,
        double clipSeconds,
        RiffSettings defaults,
        List<String> examplePrompts,
        List<String> maskImages,
        LoraWeights loras) {

    public ModelInfo {
        examplePrompts = List.copyOf(examplePrompts);
        maskImages = List.copyOf(maskImages);
    }
}
