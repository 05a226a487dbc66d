package org.riffloom.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Tags as Ogg Vorbis has them (Vorbis I specification, section 5), and FLAC and Ogg Opus after it. */
final class VorbisComment {

    private VorbisComment() {}

    /** Without the bit that ends them in Vorbis alone. */
    static byte[] of(SoundTags tags) {
        byte[] vendor = SoundTags.SOFTWARE.getBytes(StandardCharsets.UTF_8);
        List<byte[]> comments = tags.named("TITLE", "COMMENT").entrySet().stream()
                .map(tag -> (tag.getKey() + "=" + tag.getValue()).getBytes(StandardCharsets.UTF_8))
                .toList();
        int size = 4 + vendor.length + 4;
        for (byte[] comment : comments) {
            size += 4 + comment.length;
        }
        ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(vendor.length).put(vendor).putInt(comments.size());
        for (byte[] comment : comments) {
            out.putInt(comment.length).put(comment);
        }
        return out.array();
    }
}
