package org.riffloom.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells the weights of one model from those of another without reading all of them, which for some models are gigabytes: a
 * SHA-256 over every tensor's name, type and shape and the {@value #SAMPLED} bytes in its middle. Whatever trains a network
 * moves nearly all of its numbers, so nobody meets two models that differ only between the samples; to forge one is easy, and
 * gains nothing.
 */
final class WeightsFingerprint {

    private static final int SAMPLED = 4_096;

    private final MessageDigest digest;

    WeightsFingerprint() {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Takes a file's tensors in, whatever their order is.
     *
     * @param part of the model that the file belongs to
     * @throws CheckpointException if they cannot be read
     */
    void add(String part, TensorFile file) {
        for (Map.Entry<String, TensorEntry> tensor : new TreeMap<>(file.tensors()).entrySet()) {
            TensorEntry entry = tensor.getValue();
            String title = part + "\0" + tensor.getKey() + "\0" + entry.type() + "\0" + entry.shape() + "\0";
            digest.update(title.getBytes(StandardCharsets.UTF_8));
            ByteBuffer bytes = file.map(tensor.getKey());
            int count = Math.min(SAMPLED, bytes.remaining());
            digest.update(bytes.slice(bytes.position() + (bytes.remaining() - count) / 2, count));
        }
    }

    /** 64 hexadecimal digits; begins anew. */
    String digits() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
