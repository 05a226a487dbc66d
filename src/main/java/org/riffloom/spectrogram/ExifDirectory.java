package org.riffloom.spectrogram;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Spectrogram tags as an EXIF block: a TIFF header and its first directory (TIFF 6.0, section 2). That is all of EXIF
 * that the format uses; every other tag is passed over.
 */
final class ExifDirectory {

    private static final int BYTE = 1;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int RATIONAL = 5;
    private static final int SIGNED_LONG = 9;
    private static final int FLOAT = 11;
    private static final int DOUBLE = 12;

    private static final short LITTLE_ENDIAN = 0x4949;
    private static final short BIG_ENDIAN = 0x4D4D;
    private static final short MAGIC = 42;
    private static final int HEADER_BYTES = 8;
    private static final int ENTRY_BYTES = 12;

    private ExifDirectory() {}

    /** Writes a block as Pillow does, byte for byte: big-endian, whole numbers as SHORT or LONG, others as DOUBLE. */
    static byte[] encode(Map<SpectrogramTag, Number> tags) {
        int valuesAt = HEADER_BYTES + 2 + tags.size() * ENTRY_BYTES + 4;
        ByteBuffer out = ByteBuffer.allocate(valuesAt + tags.size() * Double.BYTES);
        out.putShort(BIG_ENDIAN).putShort(MAGIC).putInt(HEADER_BYTES).putShort((short) tags.size());
        // A directory's tags ascend, as those of the enum do.
        for (Map.Entry<SpectrogramTag, Number> tag : new EnumMap<>(tags).entrySet()) {
            out.putShort((short) tag.getKey().id());
            if (tag.getValue() instanceof Double value) {
                out.putShort((short) DOUBLE).putInt(1).putInt(valuesAt).putDouble(valuesAt, value);
                valuesAt += Double.BYTES;
            } else {
                int value = tag.getValue().intValue();
                if (value >= 0 && value <= 0xFFFF) {
                    out.putShort((short) SHORT)
                            .putInt(1)
                            .putShort((short) value)
                            .putShort((short) 0);
                } else {
                    out.putShort((short) LONG).putInt(1).putInt(value);
                }
            }
        }
        out.putInt(0);
        return Arrays.copyOf(out.array(), valuesAt);
    }

    /**
     * Reads a block.
     *
     * @return the tags that are in it, with numbers as integers or doubles
     * @throws IllegalArgumentException if the block is damaged
     */
    static Map<SpectrogramTag, Number> decode(byte[] block) {
        try {
            return decode(ByteBuffer.wrap(block));
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("its EXIF metadata is cut short.", e);
        }
    }

    private static Map<SpectrogramTag, Number> decode(ByteBuffer in) {
        short order = in.getShort(0);
        if (order != LITTLE_ENDIAN && order != BIG_ENDIAN) {
            throw new IllegalArgumentException("its EXIF metadata has no byte order.");
        }
        in.order(order == LITTLE_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        if (in.getShort(2) != MAGIC) {
            throw new IllegalArgumentException("its EXIF metadata has no TIFF header.");
        }
        in.position(0);
        int directory = in.getInt(4);
        int entries = Short.toUnsignedInt(in.getShort(directory));
        Map<SpectrogramTag, Number> tags = new EnumMap<>(SpectrogramTag.class);
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + i * ENTRY_BYTES;
            int id = Short.toUnsignedInt(in.getShort(entry));
            for (SpectrogramTag tag : SpectrogramTag.values()) {
                if (tag.id() == id) {
                    value(in, entry).ifPresent(number -> tags.put(tag, number));
                }
            }
        }
        return tags;
    }

    private static Optional<Number> value(ByteBuffer in, int entry) {
        int at = entry + 8;
        return Optional.ofNullable(
                switch (Short.toUnsignedInt(in.getShort(entry + 2))) {
                    case BYTE -> (Number) Byte.toUnsignedInt(in.get(at));
                    case SHORT -> Short.toUnsignedInt(in.getShort(at));
                    case LONG, SIGNED_LONG -> in.getInt(at);
                    case RATIONAL -> (double) in.getInt(in.getInt(at)) / in.getInt(in.getInt(at) + 4);
                    case FLOAT -> (double) in.getFloat(at);
                    case DOUBLE -> in.getDouble(in.getInt(at));
                    default -> null;
                });
    }
}
