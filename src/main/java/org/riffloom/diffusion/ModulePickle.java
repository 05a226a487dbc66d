package org.riffloom.diffusion;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Writes the attributes of a TorchScript module as a protocol-2 pickle, with the few opcodes that this takes. Numbers
 * are little-endian but for floats, as the protocol has it.
 */
final class ModulePickle {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    private ModulePickle() {}

    /**
     * Pickles an instance of {@code __torch__.net.Network}.
     *
     * @param attributes by name: {@code String}, {@code Integer}, {@code Double}, {@code Boolean} or a list of
     *     {@code Integer}; empty {@code w} and {@code base} of type {@code Dict[str, Tensor]} are added
     */
    static byte[] write(Map<String, Object> attributes) {
        ModulePickle pickle = new ModulePickle();
        try {
            pickle.module(attributes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pickle.bytes.toByteArray();
    }

    private void module(Map<String, Object> attributes) throws IOException {
        out.write(new byte[] {(byte) 0x80, 2});
        global("__torch__.net", "Network");
        ascii(")"); // no arguments
        out.write(0x81); // new object
        ascii("}("); // its state: a dictionary of everything up to "u"
        tensors("w");
        tensors("base");
        for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
            text(attribute.getKey());
            value(attribute.getValue());
        }
        ascii("ub."); // set items, build, stop
    }

    private void tensors(String name) throws IOException {
        text(name);
        global("torch.jit._pickle", "restore_type_tag");
        ascii("}");
        text("Dict[str, Tensor]");
        out.write(0x86); // pair
        ascii("R"); // call
    }

    private void value(Object value) throws IOException {
        if (value instanceof String text) {
            text(text);
        } else if (value instanceof Integer number) {
            integer(number);
        } else if (value instanceof Double number) {
            ascii("G");
            out.writeDouble(number);
        } else if (value instanceof Boolean flag) {
            out.write(flag ? 0x88 : 0x89);
        } else if (value instanceof List<?> list) {
            global("torch.jit._pickle", "build_intlist");
            ascii("](");
            for (Object item : list) {
                integer((Integer) item);
            }
            ascii("e");
            out.write(0x85); // tuple of one
            ascii("R");
        } else {
            throw new IllegalArgumentException("no pickle for " + value.getClass());
        }
    }

    private void integer(int number) throws IOException {
        ascii("J");
        out.writeInt(Integer.reverseBytes(number));
    }

    private void text(String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        ascii("X");
        out.writeInt(Integer.reverseBytes(utf8.length));
        out.write(utf8);
    }

    private void global(String module, String name) throws IOException {
        ascii("c" + module + "\n" + name + "\n");
    }

    private void ascii(String opcodes) throws IOException {
        out.write(opcodes.getBytes(StandardCharsets.US_ASCII));
    }
}
