package org.riffloom.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsFileTests {

    @TempDir
    Path folder;

    private Path path;

    @BeforeEach
    void name() {
        path = folder.resolve("weights.safetensors");
    }

    private void assertMalformed(String... parts) {
        assertThatThrownBy(() -> SafetensorsFile.open(path))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("weights.safetensors")
                .message()
                .contains(parts);
    }

    @Test
    void readsEveryTensorWhereItIs() {
        new SafetensorsWriter()
                .add("a", TensorType.F32, List.of(2L), new byte[] {0, 0, (byte) 0x80, 0x3F, 0, 0, 0, 0x40})
                .add("empty", TensorType.F16, List.of(0L, 3L), new byte[0])
                .add("scalar", TensorType.U8, List.of(), new byte[] {7})
                .write(path);

        SafetensorsFile file = SafetensorsFile.open(path);

        assertThat(file.tensors().keySet()).containsExactly("a", "empty", "scalar");
        assertThat(file.map("a").asFloatBuffer().get(1)).isEqualTo(2f);
        assertThat(file.map("empty").remaining()).isZero();
        assertThat(file.map("scalar").get()).isEqualTo((byte) 7);
        assertThat(file.tensors().get("a").shape()).containsExactly(2L);
    }

    @Test
    void skipsMetadataAndPaddingOfTheHeader() {
        SafetensorsWriter.write(path, "{\"__metadata__\":{\"format\":\"pt\"}}     ", new byte[0]);
        assertThat(SafetensorsFile.open(path).tensors()).isEmpty();
    }

    @Test
    void mapsWhatLiesBeyondTwoGigabytes() throws IOException {
        long filler = 3_000_000_000L;
        String header = "{\"filler\":{\"dtype\":\"U8\",\"shape\":[%d],\"data_offsets\":[0,%d]},"
                        .formatted(filler, filler)
                + "\"last\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[%d,%d]}}".formatted(filler, filler + 4);
        SafetensorsWriter.write(path, header, new byte[0]);
        // Sparse: the file system stores only what is written.
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(file.length() + filler);
            file.write(new byte[] {1, 2, 3, 4});
        }

        SafetensorsFile file = SafetensorsFile.open(path);

        assertThat(file.map("last").getInt()).isEqualTo(0x04030201);
        assertThatThrownBy(() -> file.map("filler"))
                .isInstanceOf(CheckpointException.Unsupported.class)
                .hasMessageContaining("tensor filler");
    }

    @Test
    void missingFile() {
        assertThatThrownBy(() -> SafetensorsFile.open(path))
                .isInstanceOf(CheckpointException.Missing.class)
                .hasMessageContaining("weights.safetensors");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7})
    void fileShorterThanItsFirstNumber(int bytes) throws IOException {
        Files.write(path, new byte[bytes]);
        assertMalformed("has " + bytes + " bytes");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 1000, 100_000_001, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void headerLengthThatCannotBe(long length) {
        SafetensorsWriter.write(path, length, "{}".getBytes(StandardCharsets.UTF_8), new byte[100]);
        assertMalformed("a header of " + Long.toUnsignedString(length) + " bytes", "2 to 102");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "null",
                "{",
                "{} x",
                "\"text\"",
                "{\"a\":1}",
                "{\"a\":{}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                        + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}"
            })
    void headerThatIsNoHeader(String header) {
        SafetensorsWriter.write(path, header, new byte[4]);
        assertThatThrownBy(() -> SafetensorsFile.open(path))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("weights.safetensors");
    }

    @Test
    void cutShort() throws IOException {
        new SafetensorsWriter()
                .add("conv.weight", TensorType.F32, List.of(4L, 4L), new byte[64])
                .write(path);
        byte[] whole = Files.readAllBytes(path);
        for (int length = 0; length < whole.length; length++) {
            Files.write(path, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> SafetensorsFile.open(path))
                    .as("cut to " + length)
                    .isInstanceOf(CheckpointException.Malformed.class)
                    .hasMessageContaining("weights.safetensors");
        }
    }

    @Test
    void grownAfterwards() throws IOException {
        new SafetensorsWriter()
                .add("a", TensorType.F32, List.of(1L), new byte[4])
                .data(1)
                .write(path);
        assertMalformed("has 5 bytes of data", "take 4");
    }

    @ParameterizedTest
    @CsvSource({
        "-4, 0, holds -4",
        "4, 0, must rise",
        "0, 9, within the 8 bytes",
        "9223372036854775803, 9223372036854775807, within the 8 bytes",
        "0, 8, shape [1] of F32 takes 4",
        "4, 8, must begin at 0"
    })
    void offsetsThatCannotBe(long begin, long end, String message) {
        new SafetensorsWriter().entry("liar", "F32", "[1]", begin, end).data(8).write(path);
        assertMalformed("tensor liar", message);
    }

    @Test
    void overlap() {
        new SafetensorsWriter()
                .entry("first", "F32", "[2]", 0, 8)
                .entry("second", "F32", "[1]", 4, 8)
                .data(8)
                .write(path);
        assertMalformed("tensor second", "another tensor still lies", "begin at 8");
    }

    @Test
    void gap() {
        new SafetensorsWriter()
                .entry("first", "F32", "[1]", 0, 4)
                .entry("second", "F32", "[1]", 8, 12)
                .data(12)
                .write(path);
        assertMalformed("tensor second", "a gap ends", "begin at 4");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[-1]; holds -1",
                "[0.5]; holds 0.5",
                "[\"1\"]; holds \"1\"",
                "{}; not a list",
                "[18446744073709551616]; holds 18446744073709551616",
                "[4294967296,4294967296]; larger than any file"
            })
    void shapesThatCannotBe(String shape, String message) {
        new SafetensorsWriter().entry("liar", "F32", shape, 0, 4).data(4).write(path);
        assertMalformed("tensor liar", message);
    }

    @Test
    void unknownType() {
        new SafetensorsWriter().entry("odd", "Q4_K", "[1]", 0, 4).data(4).write(path);
        assertMalformed("tensor odd", "Q4_K", "F32, F16 and BF16");
    }

    @Test
    void fileThatShrinksAfterItWasOpenedIsNotMapped() throws IOException {
        new SafetensorsWriter()
                .add("a", TensorType.F32, List.of(4L), new byte[16])
                .write(path);
        SafetensorsFile file = SafetensorsFile.open(path);
        Files.write(path, Arrays.copyOf(Files.readAllBytes(path), 20));

        assertThatThrownBy(() -> file.map("a"))
                .isInstanceOf(CheckpointException.Malformed.class)
                .hasMessageContaining("tensor a");
    }
}
