package org.riffloom.spectrogram;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What torchaudio, NumPy and Pillow make of known input; written by models/reference/audio/make_fixtures.py. */
public final class ReferenceFiles {

    private ReferenceFiles() {}

    public static byte[] bytes(String name) {
        try (InputStream in = ReferenceFiles.class.getResourceAsStream("/reference/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("There is no reference file " + name + ".");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ByteBuffer littleEndian(String name) {
        return ByteBuffer.wrap(bytes(name)).order(ByteOrder.LITTLE_ENDIAN);
    }

    public static float[] floats(String name) {
        ByteBuffer in = littleEndian(name);
        float[] values = new float[in.remaining() / Float.BYTES];
        in.asFloatBuffer().get(values);
        return values;
    }
}
