package org.riffloom.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A file of named tensors as {@code torch.save} writes it since PyTorch 1.6: a zip archive with a pickle,
 * {@code data.pkl}, that describes the tensors, and their numbers in members of their own below {@code data}. torch
 * stores those uncompressed, so they are mapped where they lie; what somebody packed again is unpacked on demand.
 */
public final class TorchFile implements TensorFile {

    private static final String PICKLE = "/data.pkl";

    /** A full Stable Diffusion UNet's pickle has 150 kB. */
    private static final int MAX_PICKLE = 32 << 20;

    private static final int MAX_NAME = 64;
    private static final int CHUNK = 1 << 16;

    /** What files begin with that PyTorch saved before 1.6: a pickle of a number that spells nothing. */
    private static final byte[] OLD_FORMAT = {(byte) 0x80, 2, (byte) 0x8A, 10, 0x6C, (byte) 0xFC, (byte) 0x9C, 0x46};

    private final Path path;
    private final Map<String, TensorEntry> tensors;
    private final Map<String, ZipMember> members;

    private TorchFile(Path path, Map<String, TensorEntry> tensors, Map<String, ZipMember> members) {
        this.path = path;
        this.tensors = Collections.unmodifiableMap(tensors);
        this.members = members;
    }

    /**
     * Reads and checks what the file says about its tensors; no tensor is touched, and nothing that the pickle names is
     * run.
     *
     * @throws CheckpointException if the file is missing or malformed, or its pickle asks for anything but tensors
     */
    public static TorchFile open(Path path) {
        return open(path, "");
    }

    /**
     * The same for a file whose dictionary holds the one of the tensors under a name, and other things beside it. Where
     * it holds no dictionary under this name, it must hold tensors itself.
     *
     * @param inner the name, such as {@code string_to_param}; or empty
     */
    static TorchFile open(Path path, String inner) {
        if (!Files.isRegularFile(path)) {
            throw new CheckpointException.Missing(path, "there is no such file.");
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            refuseOldFormat(path, channel);
            Map<String, ZipMember> archive = ZipDirectory.read(path, channel);
            String prefix = prefix(path, archive);
            requireLittleEndian(path, archive.get(prefix + "/byteorder"));
            Map<String, TensorEntry> entries = new LinkedHashMap<>();
            Map<String, ZipMember> members = new LinkedHashMap<>();
            byte[] pickle = small(path, member(path, archive, prefix + PICKLE), MAX_PICKLE);
            TorchPickle.read(path, pickle, inner).forEach((name, tensor) -> {
                ZipMember member = member(
                        path, archive, prefix + "/data/" + tensor.storage().key());
                entries.put(name, entry(path, name, tensor, member));
                members.put(name, member);
            });
            return new TorchFile(path, entries, members);
        } catch (IOException e) {
            throw new CheckpointException.Unreadable(path, e);
        }
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public Map<String, TensorEntry> tensors() {
        return tensors;
    }

    @Override
    public ByteBuffer map(String name) {
        TensorEntry entry = tensors.get(name);
        ZipMember member = members.get(name);
        if (entry == null || member == null) {
            throw new CheckpointException.TensorMismatch(path, "has no tensor " + name + ".");
        }
        if (!member.deflated()) {
            return MappedBytes.of(path, entry, member.offset() + entry.offset());
        }
        MappedBytes.requireOneBuffer(path, name, member.bytes());
        try {
            ByteBuffer storage = ByteBuffer.allocateDirect((int) member.bytes());
            unpack(path, member, storage);
            return storage.slice((int) entry.offset(), (int) entry.bytes())
                    .asReadOnlyBuffer()
                    .order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new CheckpointException.Unreadable(path, e);
        }
    }

    private static void refuseOldFormat(Path path, FileChannel channel) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(OLD_FORMAT.length);
        channel.read(start, 0);
        if (Arrays.equals(start.array(), OLD_FORMAT)) {
            throw new CheckpointException.Unsupported(
                    path,
                    "is in the format that PyTorch wrote before version 1.6. Load it with torch.load and save it again,"
                            + " best with safetensors.torch.save_file.");
        }
    }

    /** The folder in the archive in which everything lies; torch names it after the file it first wrote. */
    private static String prefix(Path path, Map<String, ZipMember> archive) {
        List<String> pickles =
                archive.keySet().stream().filter(name -> name.endsWith(PICKLE)).toList();
        if (pickles.size() != 1) {
            throw new CheckpointException.Malformed(
                    path, "has " + pickles.size() + " members named data.pkl; a file of torch.save has one.");
        }
        String prefix = pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length());
        if (archive.containsKey(prefix + "/constants.pkl")) {
            throw new CheckpointException.Unsupported(path, "is a TorchScript program; weights alone are read.");
        }
        return prefix;
    }

    private static void requireLittleEndian(Path path, @Nullable ZipMember order) throws IOException {
        if (order != null) {
            String name = new String(small(path, order, MAX_NAME), StandardCharsets.US_ASCII);
            if (!name.equals("little")) {
                throw new CheckpointException.Unsupported(
                        path, "has numbers in the byte order " + name + "; only" + " little is read.");
            }
        }
    }

    private static ZipMember member(Path path, Map<String, ZipMember> archive, String name) {
        ZipMember member = archive.get(name);
        if (member == null) {
            throw new CheckpointException.Malformed(path, "names " + name + " and does not have it.");
        }
        return member;
    }

    private static TensorEntry entry(Path path, String name, TorchTensor tensor, ZipMember member) {
        TorchTensor.Storage storage = tensor.storage();
        int width = storage.type().bytes();
        try {
            if (Math.multiplyExact(storage.elements(), width) != member.bytes()) {
                throw new CheckpointException.Malformed(
                        path,
                        "has " + member.bytes() + " bytes for " + storage.elements() + " elements of " + storage.type()
                                + " in " + member.name() + ".");
            }
            if (!tensor.isContiguous()) {
                throw new CheckpointException.Unsupported(
                        path,
                        "has tensor " + name + " with its elements out of order (strides " + tensor.strides()
                                + " for shape " + tensor.shape() + "). Load the file with torch.load and save it with"
                                + " safetensors.torch.save_file.");
            }
            long elements = 1;
            for (long dimension : tensor.shape()) {
                elements = Math.multiplyExact(elements, dimension);
            }
            if (tensor.offset() < 0 || elements > storage.elements() - tensor.offset()) {
                throw new CheckpointException.Malformed(
                        path, "has tensor " + name + " reaching past the end of " + member.name() + ".");
            }
            return new TensorEntry(name, storage.type(), tensor.shape(), tensor.offset() * width, elements * width);
        } catch (ArithmeticException e) {
            throw new CheckpointException.Malformed(path, "has tensor " + name + ", which is larger than any file.");
        }
    }

    private static byte[] small(Path path, ZipMember member, int most) throws IOException {
        if (member.bytes() > most) {
            throw new CheckpointException.Malformed(
                    path, "has " + member.bytes() + " bytes in " + member.name() + "; at most " + most + " are read.");
        }
        byte[] bytes = new byte[(int) member.bytes()];
        unpack(path, member, ByteBuffer.wrap(bytes));
        return bytes;
    }

    /** Fills a buffer that has room for exactly what the archive's directory announces. */
    private static void unpack(Path path, ZipMember member, ByteBuffer target) throws IOException {
        Inflater inflater = new Inflater(true);
        try (InputStream stored = Files.newInputStream(path);
                ReadableByteChannel source = Channels.newChannel(
                        member.deflated() ? new InflaterInputStream(stored, inflater, CHUNK) : stored)) {
            stored.skipNBytes(member.offset());
            while (target.hasRemaining() && source.read(target) >= 0) {
                // Both come in pieces.
            }
            if (target.hasRemaining() || (member.deflated() && source.read(ByteBuffer.allocate(1)) >= 0)) {
                throw new CheckpointException.Malformed(
                        path,
                        "does not unpack " + member.name() + " to the " + member.bytes() + " bytes it announces.");
            }
        } catch (ZipException | EOFException e) {
            throw new CheckpointException.Malformed(
                    path, "cannot unpack " + member.name() + ": " + e.getMessage() + ".");
        } finally {
            inflater.end();
        }
    }
}
