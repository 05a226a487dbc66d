package org.riffloom.checkpoint.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What a file's content must hash to, which is also its name in the cache: SHA-256 for large files (Git LFS), and for
 * small ones Git's own name of a blob, the SHA-1 over {@code "blob " + size + "\0"} and the content.
 *
 * @param hex 64 or 40 hexadecimal digits, lower case
 */
record Checksum(String hex) {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}|[0-9a-f]{40}");
    private static final int CHUNK = 1 << 16;

    Checksum {
        if (!isOne(hex)) {
            throw new IllegalArgumentException("A checksum is 64 or 40 hexadecimal digits.");
        }
    }

    static boolean isOne(String hex) {
        return FORM.matcher(hex).matches();
    }

    private boolean isSha256() {
        return hex.length() == 64;
    }

    /** A digest that is ready for the content. */
    MessageDigest begin(long size) {
        try {
            MessageDigest digest = MessageDigest.getInstance(isSha256() ? "SHA-256" : "SHA-1");
            if (!isSha256()) {
                digest.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
            }
            return digest;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1 and SHA-256", e);
        }
    }

    /** Whether a digest that has seen the whole content comes to this. */
    boolean matches(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest()).equals(hex);
    }

    boolean matches(Path file) throws IOException {
        MessageDigest digest = begin(Files.size(file));
        update(digest, file);
        return matches(digest);
    }

    static void update(MessageDigest digest, Path file) throws IOException {
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                digest.update(chunk, 0, count);
            }
        }
    }
}
