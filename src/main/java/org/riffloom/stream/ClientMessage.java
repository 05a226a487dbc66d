package org.riffloom.stream;

import org.jspecify.annotations.Nullable;
import org.riffloom.clip.ClipId;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.PromptMix;

/** What a listener may say. */
sealed interface ClientMessage {

    /**
     * Carries it out.
     *
     * @throws InvalidRequestException if it makes no sense now; nothing has changed then
     */
    void applyTo(RiffSession session);

    /**
     * Begin a riff, in place of the one that plays.
     *
     * @param sketches whether to show the first clip's picture while it is painted
     */
    record Start(PromptMix prompt, SettingsChange settings, boolean sketches) implements ClientMessage {
        @Override
        public void applyTo(RiffSession session) {
            session.start(prompt, settings, sketches);
        }
    }

    /**
     * Begin a riff where a link leads to, in place of the one that plays.
     *
     * @param prompt to be at instead of where the link is, or {@code null}
     * @param settings that take the place of the link's
     * @param sketches as for {@link Start}
     */
    record StartFrom(String link, @Nullable PromptMix prompt, SettingsChange settings, boolean sketches)
            implements ClientMessage {

        @Override
        public void applyTo(RiffSession session) {
            session.startFrom(link, prompt, settings, sketches);
        }
    }

    /**
     * Move to another prompt.
     *
     * @param replace whether it takes the place of the prompts that wait
     * @param after the last clip that must stay, where those after it may give way; {@code null} if all must stay
     */
    record NextPrompt(
            Prompt prompt, boolean replace, @Nullable ClipId after) implements ClientMessage {
        @Override
        public void applyTo(RiffSession session) {
            session.moveTo(prompt, replace, after);
        }
    }

    /**
     * Move to several prompts at once, in place of all that waits.
     *
     * @param after as for {@link NextPrompt}
     */
    record Mix(PromptMix mix, @Nullable ClipId after) implements ClientMessage {
        @Override
        public void applyTo(RiffSession session) {
            session.mix(mix, after);
        }
    }

    /**
     * Use other settings from the next clip on; with a prompt, or several at once, cut to it.
     *
     * @param after as for {@link NextPrompt}
     */
    record Change(
            @Nullable PromptMix prompt,
            SettingsChange settings,
            @Nullable ClipId after) implements ClientMessage {
        @Override
        public void applyTo(RiffSession session) {
            session.change(prompt, settings, after);
        }
    }

    /**
     * A clip has begun to play.
     *
     * @param riff that it belongs to, or {@code null} for the one that is being made
     */
    record Played(int index, @Nullable Integer riff) implements ClientMessage {
        @Override
        public void applyTo(RiffSession session) {
            session.played(index, riff);
        }
    }

    /** Make nothing until told otherwise. */
    record Pause() implements ClientMessage {
        @Override
        public void applyTo(RiffSession session) {
            session.pause();
        }
    }

    /** Go on. */
    record Resume() implements ClientMessage {
        @Override
        public void applyTo(RiffSession session) {
            session.resume();
        }
    }
}
