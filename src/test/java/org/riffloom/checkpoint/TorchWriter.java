package org.riffloom.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes files in torch's format for tests, from safetensors files or from lies. */
final class TorchWriter {

    private TorchWriter() {}

    /** The same tensors in the other format. */
    static void copy(Path safetensors, Path target, int method) throws IOException {
        SafetensorsFile file = SafetensorsFile.open(safetensors);
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(target))) {
            pickle.writeBytes(new byte[] {(byte) 0x80, 2, '}', '('});
            int key = 0;
            for (TensorEntry tensor : file.tensors().values()) {
                byte[] bytes = new byte[(int) tensor.bytes()];
                file.map(tensor.name()).get(bytes);
                put(zip, "archive/data/" + key, bytes, method);
                tensor(pickle, tensor.name(), storage(tensor.type()), key++, tensor.shape());
            }
            ascii(pickle, "u.");
            put(zip, "archive/data.pkl", pickle.toByteArray(), method);
        }
    }

    /** An archive with any members. */
    static Path archive(Path path, int method, Map<String, byte[]> members) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                put(zip, member.getKey(), member.getValue(), method);
            }
        }
        return path;
    }

    static void put(ZipOutputStream zip, String name, byte[] bytes, int method) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(method);
        if (method == ZipEntry.STORED) {
            CRC32 sum = new CRC32();
            sum.update(bytes);
            entry.setSize(bytes.length);
            entry.setCrc(sum.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(bytes);
    }

    /** The pickle of one tensor of float32. */
    static byte[] pickle(int elements, List<Long> shape) {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.writeBytes(new byte[] {(byte) 0x80, 2, '}', '('});
        tensor(pickle, "w", "FloatStorage", 0, shape, elements);
        ascii(pickle, "u.");
        return pickle.toByteArray();
    }

    private static void tensor(ByteArrayOutputStream out, String name, String storage, int key, List<Long> shape) {
        tensor(out, name, storage, key, shape, (int)
                shape.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b));
    }

    private static void tensor(
            ByteArrayOutputStream out, String name, String storage, int key, List<Long> shape, int elements) {
        text(out, name);
        ascii(out, "ctorch._utils\n_rebuild_tensor_v2\n((");
        text(out, "storage");
        ascii(out, "ctorch\n" + storage + "\n");
        text(out, Integer.toString(key));
        text(out, "cpu");
        number(out, elements);
        ascii(out, "tQ");
        number(out, 0);
        ascii(out, "(");
        shape.forEach(dimension -> number(out, dimension.intValue()));
        ascii(out, "t(");
        for (int i = 0; i < shape.size(); i++) {
            number(
                    out,
                    shape.subList(i + 1, shape.size()).stream()
                            .mapToInt(Long::intValue)
                            .reduce(1, (a, b) -> a * b));
        }
        ascii(out, "t");
        out.write(0x89);
        ascii(out, "ccollections\nOrderedDict\n)RtR");
    }

    private static String storage(TensorType type) {
        return switch (type) {
            case F32 -> "FloatStorage";
            case F16 -> "HalfStorage";
            case BF16 -> "BFloat16Storage";
            case I64 -> "LongStorage";
            default -> throw new IllegalArgumentException(type.toString());
        };
    }

    private static void ascii(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write('X');
        int32(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static void number(ByteArrayOutputStream out, int value) {
        out.write('J');
        int32(out, value);
    }

    private static void int32(ByteArrayOutputStream out, int value) {
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
    }
}
