package org.riffloom.spectrogram;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Words in PNG files: chunks named {@code iTXt}, which hold UTF-8 (PNG specification, third edition, 11.3.3.4). */
final class PngTexts {

    private static final int TEXT = ExifBlock.chunkName("iTXt");

    private PngTexts() {}

    /** The PNG file with texts by keyword. */
    static byte[] add(byte[] file, Map<String, String> texts) {
        byte[] with = file;
        for (Map.Entry<String, String> text :
                new TreeMap<>(texts).descendingMap().entrySet()) {
            with = ExifBlock.addChunk(with, TEXT, content(text.getKey(), text.getValue()));
        }
        return with;
    }

    /** Keyword; not compressed, in no certain language, without a translated keyword; text. */
    private static byte[] content(String keyword, String text) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(keyword.getBytes(StandardCharsets.ISO_8859_1));
        content.writeBytes(new byte[5]);
        content.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        return content.toByteArray();
    }
}
