package org.riffloom.audio;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a sound file says about itself. The same tags always make the same bytes: no date is among them.
 *
 * @param title such as the prompt; empty for none
 * @param comment such as how the sound was made, in lines of their own; empty for none
 */
public record SoundTags(String title, String comment) {

    /** For a file that says nothing but what wrote it. */
    public static final SoundTags NONE = new SoundTags("", "");

    static final String SOFTWARE = "Riffloom";

    /** Takes out the character 0, which would end a text in some kinds of file. */
    public SoundTags {
        title = title.replace('\0', ' ');
        comment = comment.replace('\0', ' ');
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
