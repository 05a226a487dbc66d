package org.riffloom.clip;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The name of a clip, which is also the key to it: 128 random bits that nobody can guess.
 *
 * @param value 22 characters of URL-safe base64
 */
public record ClipId(String value) {

    private static final int BYTES = 16;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{22}");
    private static final SecureRandom RANDOM = new SecureRandom();

    /** @throws IllegalArgumentException if the value does not have the form of an id */
    public ClipId {
        if (!isOne(value)) {
            throw new IllegalArgumentException("A clip's id is 22 characters of URL-safe base64.");
        }
    }

    /** Whether a text has the form of an id. */
    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    /** An id that no other clip has. */
    public static ClipId random() {
        byte[] bits = new byte[BYTES];
        RANDOM.nextBytes(bits);
        return new ClipId(Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    @Override
    public String toString() {
        return value;
    }
}
