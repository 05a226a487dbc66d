package org.riffloom.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Reads the header of a safetensors file and believes none of it: every length and offset is held against the size of
 * the file before anything is allocated or mapped.
 */
final class SafetensorsHeader {

    /** The format's own limit, which also keeps a hostile file from filling the heap. */
    private static final long MAX_BYTES = 100_000_000;

    private static final int LENGTH_BYTES = 8;
    private static final String METADATA = "__metadata__";

    private final Path path;
    private final long dataStart;
    private final long dataBytes;

    private SafetensorsHeader(Path path, long dataStart, long dataBytes) {
        this.path = path;
        this.dataStart = dataStart;
        this.dataBytes = dataBytes;
    }

    static Map<String, TensorEntry> read(Path path) {
        try (FileChannel channel = open(path)) {
            int length = length(path, channel);
            long dataStart = LENGTH_BYTES + (long) length;
            return new SafetensorsHeader(path, dataStart, channel.size() - dataStart)
                    .entries(json(path, channel, length));
        } catch (IOException e) {
            throw new CheckpointException.Unreadable(path, e);
        }
    }

    /** The texts that a file's writer put beside its tensors, by name; without those that are no texts. */
    static Map<String, String> readMetadata(Path path) {
        try (FileChannel channel = open(path)) {
            Map<String, String> texts = new LinkedHashMap<>();
            json(path, channel, length(path, channel))
                    .path(METADATA)
                    .properties()
                    .forEach(property ->
                            property.getValue().stringValueOpt().ifPresent(text -> texts.put(property.getKey(), text)));
            return texts;
        } catch (IOException e) {
            throw new CheckpointException.Unreadable(path, e);
        }
    }

    private static FileChannel open(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new CheckpointException.Missing(path, "there is no such file.");
        }
        return FileChannel.open(path, StandardOpenOption.READ);
    }

    private static int length(Path path, FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < LENGTH_BYTES) {
            throw new CheckpointException.Malformed(
                    path, "has " + size + " bytes; a safetensors file has at least " + LENGTH_BYTES + ".");
        }
        long length = take(channel, 0, LENGTH_BYTES).getLong();
        if (length < 2 || length > MAX_BYTES || length > size - LENGTH_BYTES) {
            throw new CheckpointException.Malformed(
                    path,
                    "announces a header of " + Long.toUnsignedString(length) + " bytes; it must have 2 to "
                            + Math.min(MAX_BYTES, size - LENGTH_BYTES)
                            + ". The file is cut short or no safetensors file.");
        }
        return (int) length;
    }

    private static JsonNode json(Path path, FileChannel channel, int length) throws IOException {
        return Json.parse(path, take(channel, LENGTH_BYTES, length).array());
    }

    private static ByteBuffer take(FileChannel channel, long position, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new IOException("the file ended at byte " + (position + buffer.position()));
            }
        }
        return buffer.flip();
    }

    private Map<String, TensorEntry> entries(JsonNode header) {
        if (!header.isObject()) {
            throw new CheckpointException.Malformed(path, "the header is not a JSON object.");
        }
        Map<String, TensorEntry> entries = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> property : header.properties()) {
            if (!property.getKey().equals(METADATA)) {
                entries.put(property.getKey(), entry(property.getKey(), property.getValue()));
            }
        }
        requireNoGaps(entries);
        return Collections.unmodifiableMap(entries);
    }

    private TensorEntry entry(String name, JsonNode node) {
        TensorType type = type(name, node.path("dtype"));
        List<Long> shape = numbers(name, "shape", node.path("shape"));
        List<Long> offsets = numbers(name, "data_offsets", node.path("data_offsets"));
        if (offsets.size() != 2) {
            throw malformed(name, "data_offsets has " + offsets.size() + " numbers; it must have 2");
        }
        long begin = offsets.get(0);
        long end = offsets.get(1);
        if (begin > end || end > dataBytes) {
            throw malformed(
                    name,
                    "data_offsets are [" + begin + ", " + end + "]; they must rise and stay within the " + dataBytes
                            + " bytes after the header");
        }
        long bytes = bytes(name, type, shape);
        if (bytes != end - begin) {
            throw malformed(
                    name,
                    "data_offsets span " + (end - begin) + " bytes; shape " + shape + " of " + type + " takes "
                            + bytes);
        }
        return new TensorEntry(name, type, shape, dataStart + begin, bytes);
    }

    private TensorType type(String name, JsonNode node) {
        String text = node.isString() ? node.stringValue() : node.toString();
        for (TensorType type : TensorType.values()) {
            if (type.name().equals(text)) {
                return type;
            }
        }
        throw new CheckpointException.Unsupported(
                path, "tensor " + name + " has dtype " + text + "; F32, F16 and BF16 weights are read.");
    }

    private List<Long> numbers(String name, String field, JsonNode node) {
        if (!node.isArray()) {
            throw malformed(name, field + " is " + (node.isMissingNode() ? "missing" : "not a list"));
        }
        List<Long> numbers = new ArrayList<>();
        for (JsonNode number : node) {
            if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 0) {
                throw malformed(name, field + " holds " + number + "; it must hold whole numbers from 0 up");
            }
            numbers.add(number.longValue());
        }
        return numbers;
    }

    private long bytes(String name, TensorType type, List<Long> shape) {
        try {
            long bytes = type.bytes();
            for (long dimension : shape) {
                bytes = Math.multiplyExact(bytes, dimension);
            }
            return bytes;
        } catch (ArithmeticException e) {
            throw malformed(name, "shape " + shape + " is larger than any file");
        }
    }

    /** Tensors must fill the file without gap or overlap, so that no byte has two meanings or none. */
    private void requireNoGaps(Map<String, TensorEntry> entries) {
        List<TensorEntry> inOrder = entries.values().stream()
                .sorted(Comparator.comparingLong(TensorEntry::offset).thenComparingLong(TensorEntry::bytes))
                .toList();
        long next = dataStart;
        for (TensorEntry entry : inOrder) {
            if (entry.offset() != next) {
                throw malformed(
                        entry.name(),
                        "begins at byte " + (entry.offset() - dataStart) + " of the data where "
                                + (entry.offset() < next ? "another tensor still lies" : "a gap ends")
                                + "; it must begin at " + (next - dataStart));
            }
            next += entry.bytes();
        }
        if (next != dataStart + dataBytes) {
            throw new CheckpointException.Malformed(
                    path, "has " + dataBytes + " bytes of data; its tensors take " + (next - dataStart) + ".");
        }
    }

    private CheckpointException malformed(String name, String what) {
        return new CheckpointException.Malformed(path, "tensor " + name + ": " + what + ".");
    }
}
