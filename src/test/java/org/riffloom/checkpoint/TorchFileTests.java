package org.riffloom.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;

/** Files that torch itself wrote, held against the same tensors in the other format; and files that nobody should. */
class TorchFileTests {

    @TempDir
    Path folder;

    private static Path fixture(String name) {
        try {
            return Path.of(TorchFileTests.class.getResource("torch/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(TensorFile file, String name) {
        ByteBuffer buffer = file.map(name);
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static void assertSameTensors(TensorFile actual, TensorFile expected) {
        assertThat(actual.tensors().keySet())
                .containsExactlyInAnyOrderElementsOf(expected.tensors().keySet());
        expected.tensors().forEach((name, tensor) -> {
            assertThat(actual.tensors().get(name).type()).as(name).isEqualTo(tensor.type());
            assertThat(actual.tensors().get(name).shape()).as(name).isEqualTo(tensor.shape());
            assertThat(bytes(actual, name)).as(name).isEqualTo(bytes(expected, name));
        });
    }

    @Test
    void holdsTheSameBitsAsSafetensors() {
        TensorFile torch = TensorFile.open(fixture("weights.bin"));
        TensorFile safetensors = TensorFile.open(fixture("weights.safetensors"));

        assertThat(torch).isInstanceOf(TorchFile.class);
        assertThat(torch.tensors()).hasSize(9);
        assertThat(torch.tensors().get("conv.bfloat16").type()).isEqualTo(TensorType.BF16);
        assertSameTensors(torch, safetensors);
    }

    @Test
    void readsParametersAndWhatAModuleSaysAboutItself() {
        assertThat(TorchFile.open(fixture("parameter.bin")).map("w").getFloat()).isEqualTo(1f);
        assertThat(TorchFile.open(fixture("module.bin")).tensors().keySet()).containsExactly("weight", "bias");
    }

    @Test
    void unpacksWhatSomebodyPackedAgain() throws IOException {
        Path packed = folder.resolve("packed.bin");
        Map<String, byte[]> members = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(fixture("weights.bin").toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                try (InputStream content = zip.getInputStream(entry)) {
                    members.put(entry.getName(), content.readAllBytes());
                }
            }
        }
        TorchWriter.archive(packed, ZipEntry.DEFLATED, members);

        assertSameTensors(TensorFile.open(packed), TensorFile.open(fixture("weights.safetensors")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"epsilon", "velocity"})
    void wholeModelIsTheSameFromEitherFormat(String name) throws IOException, URISyntaxException {
        Path good = Path.of(TorchFileTests.class
                .getResource("/org/riffloom/diffusion/" + name + "/model")
                .toURI());
        Path model = folder.resolve("model");
        FileSystemUtils.copyRecursively(good, model);
        for (String part : List.of("text_encoder", "unet", "vae")) {
            for (WeightsName weights : WeightsName.values()) {
                for (int i = 0; i < 4; i += 2) {
                    Path file = model.resolve(part).resolve(weights.fullFirst().get(i));
                    if (Files.exists(file)) {
                        TorchWriter.copy(
                                file, file.resolveSibling(weights.fullFirst().get(i + 1)), ZipEntry.STORED);
                        Files.delete(file);
                    }
                }
            }
        }

        ModelFolder fromTorch = ModelFolder.open(model);
        ModelFolder fromSafetensors = ModelFolder.open(good);

        assertSameWeights(fromTorch.textEncoderWeights(), fromSafetensors.textEncoderWeights());
        assertSameWeights(fromTorch.unetWeights(), fromSafetensors.unetWeights());
        assertSameWeights(fromTorch.vaeWeights(), fromSafetensors.vaeWeights());
    }

    private static void assertSameWeights(Weights actual, Weights expected) {
        assertThat(actual.entries().keySet()).isEqualTo(expected.entries().keySet());
        for (String name : expected.entries().keySet()) {
            assertThat(actual.map(name)).as(name).isEqualTo(expected.map(name));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hostile-2.bin | posix.system",
                "hostile-4.bin | posix.system",
                "whole-module.bin | torch.nn.modules.linear.Linear",
                "before-1.6.bin | before version 1.6",
                "transposed.bin | strides [1, 3] for shape [3, 2]",
                "nested.bin | something under state_dict",
                "program.bin | TorchScript",
            })
    void whatIsNoPlainFileOfWeightsIsRefused(String file, String message) {
        assertThatThrownBy(() -> TorchFile.open(fixture(file)))
                .isInstanceOf(CheckpointException.Unsupported.class)
                .hasMessageContaining(file)
                .hasMessageContaining(message);
        assertThat(Path.of("owned.txt")).doesNotExist();
    }

    @Test
    void missingFile() {
        assertThatThrownBy(() -> TorchFile.open(folder.resolve("none.bin")))
                .isInstanceOf(CheckpointException.Missing.class)
                .hasMessageContaining("none.bin");
    }

    @Test
    void zipBombIsRefusedBeforeItIsUnpacked() throws IOException {
        Path bomb = TorchWriter.archive(
                folder.resolve("bomb.bin"),
                ZipEntry.DEFLATED,
                Map.of(
                        "a/data.pkl",
                        TorchWriter.pickle(25_000_000, List.of(25_000_000L)),
                        "a/data/0",
                        new byte[100_000_000]));
        assertThat(Files.size(bomb)).isLessThan(200_000);

        assertThatThrownBy(() -> TorchFile.open(bomb))
                .isInstanceOf(CheckpointException.Malformed.class)
                .hasMessageContaining("zip bomb");
    }

    @Test
    void memberThatUnpacksToMoreThanItAnnouncesIsRefused() throws IOException {
        Path file = TorchWriter.archive(
                folder.resolve("liar.bin"),
                ZipEntry.DEFLATED,
                Map.of("a/data.pkl", TorchWriter.pickle(4, List.of(4L)), "a/data/0", new byte[100_000]));
        byte[] bytes = Files.readAllBytes(file);
        // The size in the directory, which comes last, of the member with 100,000 bytes.
        for (int at = bytes.length - 4; at >= 0; at--) {
            if (ByteBuffer.wrap(bytes, at, 4)
                            .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                            .getInt()
                    == 100_000) {
                bytes[at] = 16;
                bytes[at + 1] = 0;
                bytes[at + 2] = 0;
                break;
            }
        }
        Files.write(file, bytes);

        TorchFile open = TorchFile.open(file);
        assertThatThrownBy(() -> open.map("w"))
                .isInstanceOf(CheckpointException.Malformed.class)
                .hasMessageContaining("the 16 bytes it announces");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4 | 5 | 16 bytes for 5 elements",
                "4 | -1 | 16 bytes for -1 elements",
                "3 | 4 | 12 bytes for 4 elements",
            })
    void storageOfAnotherSize(int stored, int claimed, String message) throws IOException {
        Path file = TorchWriter.archive(
                folder.resolve("short.bin"),
                ZipEntry.STORED,
                Map.of("a/data.pkl", TorchWriter.pickle(claimed, List.of(4L)), "a/data/0", new byte[4 * stored]));
        assertThatThrownBy(() -> TorchFile.open(file))
                .isInstanceOf(CheckpointException.Malformed.class)
                .hasMessageContaining(message);
    }

    @Test
    void tensorThatReachesPastItsStorage() throws IOException {
        Path file = TorchWriter.archive(
                folder.resolve("long.bin"),
                ZipEntry.STORED,
                Map.of("a/data.pkl", TorchWriter.pickle(4, List.of(5L)), "a/data/0", new byte[16]));
        assertThatThrownBy(() -> TorchFile.open(file)).hasMessageContaining("reaching past the end of a/data/0");
    }

    @Test
    void storageThatIsNotThere() throws IOException {
        Path file = TorchWriter.archive(
                folder.resolve("none.bin"), ZipEntry.STORED, Map.of("a/data.pkl", TorchWriter.pickle(4, List.of(4L))));
        assertThatThrownBy(() -> TorchFile.open(file)).hasMessageContaining("names a/data/0 and does not have it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "(((",
                "t",
                "u",
                "}u.",
                "}(Kau.",
                "Q.",
                "NQ.",
                "h\0",
                "X\u007f\u007f\u007f\u007fa",
                "]",
                "]a",
                "NR.",
                "))R.",
                "ccollections\nOrderedDict\n(Kat",
                "ctorch\nFloatStorage\n)R.",
                "}N",
                "b.",
                "NNb.",
                "cos\nsystem\n",
                "P0\n.",
                "I1\n.",
                "i",
                "}q\0(X\1\0\0\0ah\0u."
            })
    void pickleThatIsNone(String code) throws IOException {
        byte[] pickle = ("\u0080\2" + code).getBytes(StandardCharsets.ISO_8859_1);
        Path file = TorchWriter.archive(folder.resolve("odd.bin"), ZipEntry.STORED, Map.of("a/data.pkl", pickle));
        assertThatThrownBy(() -> TorchFile.open(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("odd.bin");
    }

    @Test
    void cutShort() throws IOException {
        byte[] whole = Files.readAllBytes(fixture("weights.bin"));
        Path path = folder.resolve("cut.bin");
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(path, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> TorchFile.open(path))
                    .as("cut to " + length)
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("cut.bin");
        }
    }

    /** No byte of an archive may be able to break anything but the reading of that archive. */
    @Test
    void spoiltAnywhere() throws IOException {
        byte[] whole = Files.readAllBytes(fixture("module.bin"));
        Path path = folder.resolve("spoilt.bin");
        Random random = new Random(3);
        for (int at = 0; at < whole.length; at++) {
            byte[] spoilt = whole.clone();
            spoilt[at] = (byte) random.nextInt(256);
            Files.write(path, spoilt);
            try {
                TensorFile file = TensorFile.open(path);
                file.tensors().keySet().forEach(file::map);
            } catch (CheckpointException refused) {
                assertThat(refused).hasMessageContaining("spoilt.bin");
            }
        }
    }

    @Test
    void fileThatShrinksAfterItWasOpenedIsNotMapped() throws IOException {
        Path path = Files.copy(fixture("module.bin"), folder.resolve("shrunk.bin"));
        TorchFile file = TorchFile.open(path);
        try (RandomAccessFile access = new RandomAccessFile(path.toFile(), "rw")) {
            access.setLength(100);
        }
        assertThatThrownBy(() -> file.map("weight"))
                .isInstanceOf(CheckpointException.Malformed.class)
                .hasMessageContaining("tensor weight");
    }
}
