package org.riffloom.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Setups written bit by bit, as section 4.2.4 of the Vorbis I specification has them. */
class VorbisSetupTests {

    private static final int MAGIC = 56;

    private final BitSet bits = new BitSet();
    private int at = MAGIC;

    /** Least significant bit first. */
    private VorbisSetupTests put(long value, int count) {
        for (int i = 0; i < count; i++) {
            bits.set(at++, (value >> i & 1) == 1);
        }
        return this;
    }

    /** One codebook, one floor, one residue whose classes are named by the codebook. */
    private byte[] setup(int dimensions, int entries, int classifications, int book) {
        put(0, 8).put(0x564342, 24).put(dimensions, 16).put(entries, 24).put(0, 2);
        for (int i = 0; i < entries; i++) {
            put(4, 5);
        }
        put(0, 4);
        put(0, 6).put(0, 16);
        put(0, 6).put(1, 16).put(0, 5).put(0, 2).put(0, 4);
        put(0, 6)
                .put(2, 16)
                .put(0, 24)
                .put(1024, 24)
                .put(31, 24)
                .put(classifications - 1, 6)
                .put(book, 8);
        for (int i = 0; i < classifications; i++) {
            put(0, 4);
        }
        byte[] packet = new byte[at / 8 + 1];
        System.arraycopy(bits.toByteArray(), 0, packet, 0, bits.toByteArray().length);
        return packet;
    }

    @ParameterizedTest
    @CsvSource({
        "2,   100, 10, 0, true",
        "2,    99, 10, 0, false",
        "1,    64, 64, 0, true",
        "10, 1024,  2, 0, true",
        // The decoder would make a table of 64 to the power of 10.
        "10, 1024, 64, 0, false",
        "2,   100, 10, 1, false",
    })
    void wantsAnEntryForEachCombinationOfClasses(
            int dimensions, int entries, int classifications, int book, boolean plausible) {
        assertThat(VorbisSetup.isPlausible(setup(dimensions, entries, classifications, book)))
                .isEqualTo(plausible);
    }
}
