package org.riffloom.audio;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a sound file says about itself. The same tags always make the same bytes: no date is among them.
 *
 * @param title such as the prompt; empty for none
 * @param comment such as how the sound was made, in lines of their own; empty for none
 * @param loop whether the sound is to be played again and again, all of it; kinds of file that can say so do
 */
public record SoundTags(String title, String comment, boolean loop) {

    /** For a file that says nothing but what wrote it. */
    public static final SoundTags NONE = new SoundTags("", "");

    static final String SOFTWARE = "Riffloom";

    /** Takes out the character 0, which would end a text in some kinds of file. */
    public SoundTags {
        title = title.replace('\0', ' ');
        comment = comment.replace('\0', ' ');
    }

    /** Tags of a sound that is played once. */
    public SoundTags(String title, String comment) {
        this(title, comment, false);
    }

    /** The same of a sound that is to be played again and again. */
    public SoundTags ofLoop() {
        return new SoundTags(title, comment, true);
    }

    /** Those that are not empty. */
    Map<String, String> named(String titleName, String commentName) {
        Map<String, String> named = new LinkedHashMap<>();
        if (!title.isEmpty()) {
            named.put(titleName, title);
        }
        if (!comment.isEmpty()) {
            named.put(commentName, comment);
        }
        return named;
    }
}
