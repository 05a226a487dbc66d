package org.riffloom.spectrogram;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.riffloom.audio.SoundReader;
import org.riffloom.audio.SpectrogramAnalyzer;
import org.riffloom.audio.Waveform;

/** The way from a sound file to an image file, next to what torchaudio, NumPy and Pillow make of the same file. */
class RoundTripTests {

    private static final int MAXIMUM_BYTES = Double.BYTES;

    private static Waveform sound() throws IOException {
        byte[] flac = ReferenceFiles.bytes("round-trip.flac");
        return SoundReader.read(new ByteArrayInputStream(flac), "round-trip.flac", 1_000_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mono", "stereo"})
    void makesTheImageThatRiffusionMakes(String channels) throws IOException {
        byte[] theirs = ReferenceFiles.bytes("round-trip-" + channels + ".png");
        SpectrogramImage expected = SpectrogramImageFile.decode(theirs, "theirs");
        MelSpectrogram mel = new SpectrogramAnalyzer(
                        SpectrogramParameters.DEFAULT.withStereo(channels.equals("stereo")))
                .analyze(sound());
        byte[] ours = SpectrogramImageFile.encodePng(SpectrogramImage.of(mel));

        int[] counts = differences(
                expected.image(), SpectrogramImageFile.decode(ours, "ours").image());
        int all = Arrays.stream(counts).sum();
        assertThat(counts[0]).isGreaterThan((int) (0.99 * all));
        assertThat(counts[0] + counts[1]).isGreaterThanOrEqualTo((int) (0.9999 * all));

        // The largest magnitude is the last of the tags, and may differ in its last digits.
        byte[] tags = ExifBlock.find(ours).orElseThrow();
        byte[] theirTags = ExifBlock.find(theirs).orElseThrow();
        assertThat(Arrays.copyOf(tags, tags.length - MAXIMUM_BYTES))
                .isEqualTo(Arrays.copyOf(theirTags, theirTags.length - MAXIMUM_BYTES));
        assertThat(mel.maximum() / expected.maximum()).isBetween(1 - 1e-5f, 1 + 1e-5f);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mono", "stereo"})
    void writesBackTheBytesOfTheTagsThatItRead(String channels) throws IOException {
        byte[] theirs = ReferenceFiles.bytes("round-trip-" + channels + ".png");
        SpectrogramImage image = SpectrogramImageFile.decode(theirs, "theirs");
        byte[] ours = SpectrogramImageFile.encodePng(image);
        assertThat(ExifBlock.find(ours).orElseThrow())
                .isEqualTo(ExifBlock.find(theirs).orElseThrow());
        int[] counts = differences(
                image.image(), SpectrogramImageFile.decode(ours, "ours").image());
        assertThat(Arrays.stream(counts).sum()).isEqualTo(counts[0]);
    }

    /** How many of all colours' values differ by how much. */
    private static int[] differences(BufferedImage expected, BufferedImage made) {
        assertThat(made.getWidth()).isEqualTo(expected.getWidth());
        assertThat(made.getHeight()).isEqualTo(expected.getHeight());
        int[] counts = new int[256];
        for (int y = 0; y < expected.getHeight(); y++) {
            for (int x = 0; x < expected.getWidth(); x++) {
                for (int shift = 0; shift <= 16; shift += 8) {
                    int difference = (expected.getRGB(x, y) >> shift & 0xFF) - (made.getRGB(x, y) >> shift & 0xFF);
                    counts[Math.abs(difference)]++;
                }
            }
        }
        return counts;
    }
}
