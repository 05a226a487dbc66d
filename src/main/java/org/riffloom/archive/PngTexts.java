package org.riffloom.archive;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** Puts words into PNG files: {@code iTXt} chunks of the PNG specification, which hold UTF-8. */
final class PngTexts {

    /** The signature and the header, which has to come first. */
    private static final int HEAD = 8 + 25;

    private PngTexts() {}

    /**
     * A copy of a file with texts in it.
     *
     * @param png a whole file
     * @param texts by keyword, of which the specification names some, such as {@code Title} and {@code Description}
     */
    static byte[] add(byte[] png, Map<String, String> texts) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(file);
        try {
            out.write(png, 0, HEAD);
            for (Map.Entry<String, String> text : new TreeMap<>(texts).entrySet()) {
                byte[] chunk = chunk(text.getKey(), text.getValue());
                CRC32 sum = new CRC32();
                sum.update(chunk);
                out.writeInt(chunk.length - 4);
                out.write(chunk);
                out.writeInt((int) sum.getValue());
            }
            out.write(png, HEAD, png.length - HEAD);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory can be written to", e);
        }
        return file.toByteArray();
    }

    /** Type and content: keyword, not compressed, no language, no translated keyword, text. */
    private static byte[] chunk(String keyword, String text) throws IOException {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        chunk.write("iTXt".getBytes(StandardCharsets.US_ASCII));
        chunk.write(keyword.getBytes(StandardCharsets.ISO_8859_1));
        chunk.write(new byte[5]);
        chunk.write(text.getBytes(StandardCharsets.UTF_8));
        return chunk.toByteArray();
    }
}
