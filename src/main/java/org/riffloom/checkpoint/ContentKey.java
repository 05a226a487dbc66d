package org.riffloom.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.springframework.core.io.Resource;

/** A short name for the content of a set of files: equal for equal files, and different for any change. */
final class ContentKey {

    private static final int BYTES = 8;

    private ContentKey() {}

    /** Sixteen hexadecimal digits of a SHA-256 over every name, length and byte. */
    static String of(Map<String, Resource> files) throws IOException {
        MessageDigest digest = sha256();
        byte[] chunk = new byte[1 << 16];
        for (Map.Entry<String, Resource> file : files.entrySet()) {
            digest.update(
                    (file.getKey() + "\0" + file.getValue().contentLength() + "\0").getBytes(StandardCharsets.UTF_8));
            try (InputStream content = file.getValue().getInputStream()) {
                for (int count = content.read(chunk); count >= 0; count = content.read(chunk)) {
                    digest.update(chunk, 0, count);
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
