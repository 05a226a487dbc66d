package org.riffloom.diffusion;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs TorchScript source into the archive that libtorch loads: a zip of stored entries with the code, the module's
 * pickled attributes and no tensor. Weights are handed over afterwards, so nothing is converted or copied on disk.
 */
final class ScriptArchive {

    /** A protocol-2 pickle of the empty tuple: the code has no constants. */
    private static final byte[] NO_CONSTANTS = {(byte) 0x80, 2, ')', '.'};

    private ScriptArchive() {}

    /**
     * Packs a network.
     *
     * @param scripts names of the parts of the network's source among this package's resources
     * @param attributes the values of the attributes that the source declares, but for the dictionaries
     */
    static byte[] pack(List<String> scripts, Map<String, Object> attributes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            store(zip, "net/data.pkl", ModulePickle.write(attributes));
            store(zip, "net/code/__torch__/net.py", source(scripts));
            store(zip, "net/constants.pkl", NO_CONSTANTS);
            store(zip, "net/version", "3\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] source(List<String> scripts) throws IOException {
        ByteArrayOutputStream source = new ByteArrayOutputStream();
        for (String name : scripts) {
            try (InputStream part = ScriptArchive.class.getResourceAsStream(name)) {
                if (part == null) {
                    throw new IllegalStateException("the program lacks its resource " + name);
                }
                part.transferTo(source);
            }
        }
        return source.toByteArray();
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
