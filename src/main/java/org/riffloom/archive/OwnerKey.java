package org.riffloom.archive;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.riffloom.clip.ClipId;

/**
 * What the one who shared a link can take it back with. Only its hash is stored, so a stolen database takes nothing back.
 *
 * @param value 128 random bits in 22 characters of URL-safe base64; anything else opens nothing
 */
public record OwnerKey(String value) {

    static OwnerKey random() {
        return new OwnerKey(ClipId.random().value());
    }

    /** 64 hexadecimal digits. The key is random, so that a plain hash cannot be turned back. */
    String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(value.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "a key";
    }
}
