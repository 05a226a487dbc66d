package org.riffloom.prompt;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A way from noise to a picture that a listener can ask for by name, in place of the model's own. */
public enum SchedulerName {
    /** Denoising diffusion implicit models, Riffusion's own: 50 steps, the same course every time. */
    DDIM("ddim"),
    /** Pseudo linear multistep, Stable Diffusion's first: one network call more than there are steps. */
    PNDM("pndm"),
    /** DPM-Solver++ (2M): as good in 10 to 20 steps as DDIM in 50. */
    DPM_SOLVER("dpm++"),
    /** The same with the noise levels of Karras et al., closer together towards the end. */
    DPM_SOLVER_KARRAS("dpm++-karras"),
    /** Euler's method. */
    EULER("euler"),
    /** Euler's method with fresh noise after every step: more steps give another picture, not a better one. */
    EULER_ANCESTRAL("euler-ancestral"),
    /**
     * For latent consistency models alone, in 2 to 8 steps. They have guidance inside, from their distillation; what a
     * request asks for comes on top, classifier-free as with every other scheduler, so it should be 1 (none) to 2.
     */
    LCM("lcm");

    private final String text;

    SchedulerName(String text) {
        this.text = text;
    }

    /**
     * Finds a scheduler.
     *
     * @throws InvalidRequestException if there is none of this name, saying which there are
     */
    public static SchedulerName of(String text) {
        for (SchedulerName name : values()) {
            if (name.text.equals(text)) {
                return name;
            }
        }
        throw new InvalidRequestException(
                "scheduler",
                "There is no such scheduler; it must be one of "
                        + Arrays.stream(values()).map(SchedulerName::toString).collect(Collectors.joining(", ")) + ".");
    }

    /** Its name in requests, such as {@code euler-ancestral}. */
    @Override
    public String toString() {
        return text;
    }
}
