package org.riffloom.spectrogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpectrogramImageFileTests {

    private static final SpectrogramParameters FORMAT = SpectrogramParameters.DEFAULT;
    /** Of the ramp that make_fixtures.py draws. */
    private static final float MAXIMUM = 2047f * 2047f;

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"mono.png", "little-endian.png", "mono.jpg"})
    void readsWhatPillowWrote(String name) throws IOException {
        SpectrogramImage image = SpectrogramImageFile.decode(ReferenceFiles.bytes(name), name);
        assertThat(image.parameters()).isEqualTo(FORMAT);
        assertThat(image.maximum()).isEqualTo(MAXIMUM);
        assertThat(image.image().getWidth()).isEqualTo(4);
        // Band 511 of the last frame is the ramp's end.
        assertThat(image.toMel().magnitudes()[0][3 * 512 + 511]).isGreaterThan(MAXIMUM * 0.97f);
    }

    @Test
    void takesTheDefaultFormatWithoutTags() throws IOException {
        SpectrogramImage image = SpectrogramImageFile.decode(ReferenceFiles.bytes("no-tags.png"), "no-tags.png");
        assertThat(image.parameters()).isEqualTo(FORMAT);
        assertThat(image.maximum()).isEqualTo(SpectrogramImage.DEFAULT_MAXIMUM);
    }

    @Test
    void writesTheBytesThatPillowWrites() {
        byte[] pillow = ExifBlock.find(ReferenceFiles.bytes("mono.png")).orElseThrow();
        assertThat(ExifDirectory.encode(SpectrogramTag.of(FORMAT, MAXIMUM))).isEqualTo(pillow);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image.png", "image.jpg", "IMAGE.JPEG"})
    void readsWhatItWrote(String name) throws IOException {
        SpectrogramParameters parameters = new SpectrogramParameters(48_000, 5, 50, 100, 512, 20, 12_000, 0.5, true);
        float[][] ramps = new float[2][512 * 64];
        for (int i = 0; i < ramps[0].length; i++) {
            ramps[0][i] = i;
            ramps[1][i] = ramps[0].length - i;
        }
        Path file = folder.resolve(name);
        SpectrogramImageFile.write(SpectrogramImage.of(new MelSpectrogram(parameters, 64, ramps)), file);
        SpectrogramImage image = SpectrogramImageFile.read(file);
        assertThat(image.parameters()).isEqualTo(parameters);
        assertThat(image.maximum()).isEqualTo(32768);
        assertThat(image.toMel().magnitudes()[1][0]).isGreaterThan(25_000);
        assertThat(SpectrogramImageFile.tags(file))
                .containsEntry(SpectrogramTag.SAMPLE_RATE, 48_000)
                .containsEntry(SpectrogramTag.POWER_FOR_IMAGE, 0.5)
                .hasSize(10);
    }

    @Test
    void writesWholeNumbersBeyondShortsToo() {
        SpectrogramParameters fast = new SpectrogramParameters(96_000, 10, 100, 400, 512, 0, 10_000, 0.25, false);
        Map<SpectrogramTag, Number> tags = SpectrogramTag.of(fast, 1);
        assertThat(ExifDirectory.decode(ExifDirectory.encode(tags))).isEqualTo(tags);
    }

    @Test
    void namesAFileThatIsNoImage() throws IOException {
        Path file = Files.writeString(folder.resolve("words.png"), "These are words, and there are enough of them.");
        assertThatExceptionOfType(UnreadableImageException.class)
                .isThrownBy(() -> SpectrogramImageFile.read(file))
                .withMessageContaining("words.png")
                .withMessageContaining("neither a PNG nor a JPEG");
    }

    @Test
    void namesAnImageThatIsCutShort() {
        byte[] file = ReferenceFiles.bytes("stereo.png");
        // Decoders forgive a missing end marker and checksum.
        for (int length = 0; length < file.length - 40; length += 7) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatExceptionOfType(UnreadableImageException.class)
                    .as("the first %s bytes", length)
                    .isThrownBy(() -> SpectrogramImageFile.decode(cut, "cut.png"))
                    .withMessageStartingWith("cut.png cannot be read: ");
        }
    }

    @Test
    void survivesDamageAnywhere() {
        for (String name : new String[] {"mono.png", "mono.jpg", "stereo.png"}) {
            byte[] file = ReferenceFiles.bytes(name);
            for (int at = 0; at < file.length; at += 3) {
                byte[] damaged = file.clone();
                damaged[at] ^= (byte) 0xFF;
                try {
                    SpectrogramImageFile.decode(damaged, name).toMel();
                } catch (UnreadableImageException e) {
                    assertThat(e).hasMessageStartingWith(name);
                }
            }
        }
    }

    @Test
    void refusesAnImageOfAnotherHeightAndTagsThatMakeNoSense() {
        byte[] file = ReferenceFiles.bytes("no-tags.png");
        Map<SpectrogramTag, Number> tags = SpectrogramTag.of(FORMAT, 1);
        tags.put(SpectrogramTag.NUM_FREQUENCIES, 256);
        byte[] other = ExifBlock.addToPng(file, ExifDirectory.encode(tags));
        assertThatExceptionOfType(UnreadableImageException.class)
                .isThrownBy(() -> SpectrogramImageFile.decode(other, "other.png"))
                .withMessageContaining("256");
        tags.put(SpectrogramTag.STEP_SIZE_MS, 0);
        byte[] senseless = ExifBlock.addToPng(file, ExifDirectory.encode(tags));
        assertThatExceptionOfType(UnreadableImageException.class)
                .isThrownBy(() -> SpectrogramImageFile.decode(senseless, "senseless.png"))
                .withMessageContaining("step");
    }

    @Test
    void refusesAnImageThatUnpacksToGigabytes() {
        byte[] file = ReferenceFiles.bytes("no-tags.png");
        int widthAt = 16;
        ByteBuffer.wrap(file).putInt(widthAt, 1 << 30);
        CRC32 checksum = new CRC32();
        checksum.update(file, 12, 17);
        ByteBuffer.wrap(file).putInt(29, (int) checksum.getValue());
        assertThatExceptionOfType(UnreadableImageException.class)
                .isThrownBy(() -> SpectrogramImageFile.decode(file, "bomb.png"))
                .withMessageContaining("pixels");
    }

    @Test
    void refusesToWriteOtherKinds() {
        SpectrogramImage image = SpectrogramImage.of(new MelSpectrogram(FORMAT, 1, new float[1][512]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpectrogramImageFile.write(image, folder.resolve("image.gif")))
                .withMessageContaining("image.gif");
    }

    @Test
    void takesABlockWithAPrefixFromAPng() {
        byte[] block = ExifDirectory.encode(SpectrogramTag.of(FORMAT, 7));
        byte[] prefix = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
        byte[] prefixed = Arrays.copyOf(prefix, prefix.length + block.length);
        System.arraycopy(block, 0, prefixed, prefix.length, block.length);
        byte[] file = ExifBlock.addToPng(ReferenceFiles.bytes("no-tags.png"), prefixed);
        assertThat(ExifBlock.find(file)).hasValue(block);
    }
}
