package org.riffloom.prompt;

/**
 * What the music should sound like, in words.
 *
 * @param text without leading or trailing white space, 1 to {@value #MAX_LENGTH} characters
 */
public record Prompt(String text) {

    /** About the three windows of 75 tokens that are read, and short enough to show. */
    public static final int MAX_LENGTH = 1_000;

    /** @throws InvalidRequestException if the text is blank or too long */
    public Prompt {
        text = text.strip();
        if (text.isEmpty()) {
            throw new InvalidRequestException(
                    "prompt", "The prompt is empty; describe the music in a few words, such as \"jazz piano\".");
        }
        if (text.length() > MAX_LENGTH) {
            throw new InvalidRequestException(
                    "prompt",
                    "The prompt has " + text.length() + " characters; at most " + MAX_LENGTH + " are allowed.");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
