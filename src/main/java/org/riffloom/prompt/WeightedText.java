package org.riffloom.prompt;

import java.util.List;

/**
 * A piece of a prompt and how much it counts.
 *
 * @param text with its white space, and without the brackets that gave it its weight
 * @param weight 1 for plain text
 */
public record WeightedText(String text, double weight) {

    /**
     * Reads the weights in a prompt, in the notation that Riffusion took from the long-prompt-weighting pipeline:
     *
     * <ul>
     *   <li>{@code (text)} counts 1.1 times, {@code [text]} 1/1.1 times, {@code (text:1.3)} 1.3 times as much; brackets
     *       within brackets multiply;
     *   <li>{@code \(}, {@code \)}, {@code \[}, {@code \]} and {@code \\} stand for themselves; any other backslash is
     *       dropped;
     *   <li>a bracket that is never closed counts to the end of the prompt, and one that was never opened is text, as
     *       is a weight in square brackets or one that is no number. Nothing is an error.
     * </ul>
     *
     * @return the pieces in order, neighbours of equal weight joined; at least one, which may be empty
     */
    public static List<WeightedText> parse(String prompt) {
        return new WeightParser().parse(prompt);
    }
}
