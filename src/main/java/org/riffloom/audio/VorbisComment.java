package org.riffloom.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Tags as Ogg Vorbis has them (Vorbis I specification, section 5), and FLAC and Ogg Opus after it. */
final class VorbisComment {

    private VorbisComment() {}

    /**
     * Without the bit that ends them in Vorbis alone.
     *
     * @param length samples of the sound, which a loop's tags tell by the names that games read
     */
    static byte[] of(SoundTags tags, long length) {
        byte[] vendor = SoundTags.SOFTWARE.getBytes(StandardCharsets.UTF_8);
        Map<String, String> named = tags.named("TITLE", "COMMENT");
        if (tags.loop()) {
            named.put("LOOPSTART", "0");
            named.put("LOOPLENGTH", Long.toString(length));
        }
        List<byte[]> comments = named.entrySet().stream()
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
