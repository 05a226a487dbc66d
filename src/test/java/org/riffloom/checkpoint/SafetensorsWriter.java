package org.riffloom.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes safetensors files for tests, good ones and lying ones. */
public final class SafetensorsWriter {

    private final StringBuilder header = new StringBuilder();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    /** Adds a tensor after the others. */
    public SafetensorsWriter add(String name, TensorType type, List<Long> shape, byte[] bytes) {
        int begin = data.size();
        data.writeBytes(bytes);
        return entry(name, type.name(), shape.toString(), begin, data.size());
    }

    /** Adds a header entry that may be a lie. */
    SafetensorsWriter entry(String name, String type, String shape, long begin, long end) {
        if (!header.isEmpty()) {
            header.append(',');
        }
        header.append("\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                .formatted(name, type, shape, begin, end));
        return this;
    }

    SafetensorsWriter data(int bytes) {
        data.writeBytes(new byte[bytes]);
        return this;
    }

    /** Writes the file. */
    public Path write(Path path) {
        return write(path, "{" + header + "}", data.toByteArray());
    }

    static Path write(Path path, String header, byte[] data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return write(path, json.length, json, data);
    }

    static Path write(Path path, long length, byte[] json, byte[] data) {
        ByteBuffer file = ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(length).put(json).put(data);
        try {
            return Files.write(path, file.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies a file's tensors, but for some, in the order of their bytes. */
    public static SafetensorsWriter copyOf(Path path, List<String> leftOut) {
        SafetensorsFile file = SafetensorsFile.open(path);
        SafetensorsWriter writer = new SafetensorsWriter();
        for (TensorEntry entry : file.tensors().values()) {
            if (!leftOut.contains(entry.name())) {
                byte[] bytes = new byte[(int) entry.bytes()];
                file.map(entry.name()).get(bytes);
                writer.add(entry.name(), entry.type(), entry.shape(), bytes);
            }
        }
        return writer;
    }
}
