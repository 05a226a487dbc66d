package org.riffloom.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaveFileTests {

    private static final int PCM = 1;
    private static final int FLOAT = 3;
    private static final int EXTENSIBLE = 0xFFFE;

    @TempDir
    Path folder = Path.of("");

    private static Waveform read(byte[] file) throws IOException {
        return WaveReader.read(new ByteArrayInputStream(file), "test.wav", 1_000);
    }

    private static void assertRefused(byte[] file, String reason) {
        assertThatExceptionOfType(UnreadableSoundException.class)
                .isThrownBy(() -> read(file))
                .withMessageStartingWith("test.wav cannot be read: ")
                .withMessageContaining(reason);
    }

    /** A file with one format and one data chunk, and a chunk of another kind and odd length between them. */
    private static byte[] file(int encoding, int channels, int sampleRate, int bits, byte[] data, long claimed) {
        ByteBuffer out = ByteBuffer.allocate(200 + data.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF----WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(encoding == EXTENSIBLE ? 40 : 16);
        out.putShort((short) encoding).putShort((short) channels).putInt(sampleRate);
        out.putInt(sampleRate * channels * bits / 8)
                .putShort((short) (channels * bits / 8))
                .putShort((short) bits);
        if (encoding == EXTENSIBLE) {
            out.putShort((short) 22)
                    .putShort((short) bits)
                    .putInt(3)
                    .putShort((short) PCM)
                    .put(new byte[14]);
        }
        out.put("LIST".getBytes(StandardCharsets.US_ASCII)).putInt(3).put(new byte[4]);
        out.put("data".getBytes(StandardCharsets.US_ASCII))
                .putInt((int) claimed)
                .put(data);
        return Arrays.copyOf(out.array(), out.position());
    }

    private static byte[] valid() {
        return file(PCM, 2, 44_100, 16, new byte[400], 400);
    }

    @Test
    void readsWhatItWrote() throws IOException {
        Waveform sound = new Waveform(
                44_100, new float[][] {Sine.of(440, 44_100, 20_000, 0.9), Sine.of(550, 44_100, 20_000, 0.1)});
        Path file = folder.resolve("sound.wav");
        WaveWriter.write(sound, file);
        Waveform read = WaveReader.read(file);
        assertThat(read.sampleRate()).isEqualTo(44_100);
        assertThat(read.length()).isEqualTo(20_000);
        for (int c = 0; c < 2; c++) {
            for (int i = 0; i < read.length(); i++) {
                assertThat(Math.abs(read.channels()[c][i] - sound.channels()[c][i]))
                        .isLessThanOrEqualTo(0x1p-16f);
            }
        }
    }

    @Test
    void clipsWhatIsBeyondFullScale() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        WaveWriter.write(new Waveform(8_000, new float[][] {{1.5f, -7, 0, 1, -1}}), out);
        assertThat(read(out.toByteArray()).channels()[0]).containsExactly(0x1p0f - 0x1p-15f, -1, 0, 1 - 0x1p-15f, -1);
    }

    @ParameterizedTest
    @CsvSource({"1, 8", "1, 16", "1, 24", "1, 32", "3, 32", "3, 64", "65534, 24"})
    void readsEveryEncoding(int encoding, int bits) throws IOException {
        float[] wanted = {0.5f, -1, 0, -0.25f, 0.75f};
        ByteBuffer data = ByteBuffer.allocate(wanted.length * bits / 8).order(ByteOrder.LITTLE_ENDIAN);
        for (float sample : wanted) {
            switch (bits) {
                case 8 -> data.put((byte) (sample * 0x1p7 + 128));
                case 64 -> data.putDouble(sample);
                case 16 -> data.putShort((short) (sample * 0x1p15));
                case 24 -> data.put((byte) 0).putShort((short) (sample * 0x1p15));
                default -> {
                    if (encoding == FLOAT) {
                        data.putFloat(sample);
                    } else {
                        data.putInt((int) (sample * 0x1p31));
                    }
                }
            }
        }
        Waveform read = read(file(encoding, 1, 22_050, bits, data.array(), data.capacity()));
        assertThat(read.sampleRate()).isEqualTo(22_050);
        assertThat(read.channels()[0]).containsExactly(wanted);
    }

    @Test
    void keeps24Bits() throws IOException {
        float[] wanted = {0, 0x1p-23f, -0x1p-23f, 0.3f, -1, 1 - 0x1p-23f};
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        WaveWriter.write(new Waveform(44_100, new float[][] {wanted}), new SoundTags("odd", "even"), 24, out);
        float[] read = read(out.toByteArray()).channels()[0];
        for (int i = 0; i < wanted.length; i++) {
            assertThat(Math.abs(read[i] - wanted[i])).isLessThanOrEqualTo(0x1p-24f);
        }
    }

    @Test
    void chunksAndTheFileAreAsLongAsTheySay() throws IOException {
        for (int length = 1; length < 4; length++) {
            for (String title : new String[] {"", "a", "ab"}) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                WaveWriter.write(new Waveform(44_100, new float[1][length]), new SoundTags(title, "x"), 24, out);
                ByteBuffer file = ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
                assertThat(file.getInt(4)).isEqualTo(file.capacity() - 8);
                int at = 12;
                while (at < file.capacity()) {
                    at += 8 + file.getInt(at + 4) + (file.getInt(at + 4) & 1);
                }
                assertThat(at).isEqualTo(file.capacity());
            }
        }
    }

    @Test
    void tellsSamplersWhereALoopBeginsAndEnds() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        WaveWriter.write(new Waveform(44_100, new float[2][441]), new SoundTags("title", "").ofLoop(), 16, out);
        ByteBuffer file = ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(file.getInt(4)).isEqualTo(file.capacity() - 8);
        int at = new String(out.toByteArray(), StandardCharsets.ISO_8859_1).indexOf("smpl");
        int[] numbers = new int[16];
        file.position(at + 4);
        file.asIntBuffer().get(numbers);
        assertThat(numbers).containsExactly(60, 0, 0, 22_676, 60, 0, 0, 0, 1, 0, 0, 0, 0, 440, 0, 0);
        assertThat(read(out.toByteArray()).length()).isEqualTo(441);
        WaveWriter.write(new Waveform(44_100, new float[2][441]), new SoundTags("title", ""), 16, out);
        assertThat(out.toString(StandardCharsets.ISO_8859_1).lastIndexOf("smpl"))
                .isEqualTo(at);
    }

    @Test
    void readsToTheEndWhereTheSizeIsNotKnown() throws IOException {
        assertThat(read(file(PCM, 2, 44_100, 16, new byte[402], 0xFFFFFFFFL)).length())
                .isEqualTo(100);
    }

    @Test
    void refusesWhatIsNoWave() {
        assertRefused("ID3 and other things".getBytes(StandardCharsets.US_ASCII), "not a WAV file");
        assertRefused(new byte[0], "ends in the middle");
    }

    @Test
    void refusesEveryFileThatIsCutShort() {
        byte[] file = valid();
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatExceptionOfType(UnreadableSoundException.class)
                    .as("the first %s bytes", length)
                    .isThrownBy(() -> read(cut));
        }
    }

    @Test
    void refusesSizesThatLie() {
        assertRefused(file(PCM, 2, 44_100, 16, new byte[400], 3_000_000_000L), "too long");
        assertRefused(file(PCM, 2, 44_100, 16, new byte[400], 401 * 4), "cut short");
        byte[] chunkBeyondTheEnd = valid();
        ByteBuffer.wrap(chunkBeyondTheEnd).order(ByteOrder.LITTLE_ENDIAN).putInt(40, Integer.MAX_VALUE);
        assertRefused(chunkBeyondTheEnd, "ends in the middle");
        byte[] hugeFormat = valid();
        ByteBuffer.wrap(hugeFormat).order(ByteOrder.LITTLE_ENDIAN).putInt(16, Integer.MAX_VALUE);
        assertRefused(hugeFormat, "format");
    }

    @Test
    void refusesFormatsThatMakeNoSense() {
        assertRefused(file(PCM, 0, 44_100, 16, new byte[400], 400), "0 channels");
        assertRefused(file(PCM, 65_535, 44_100, 16, new byte[400], 400), "65535 channels");
        assertRefused(file(PCM, 1, 0, 16, new byte[400], 400), "0 Hz");
        assertRefused(file(PCM, 1, -1, 16, new byte[400], 400), "4294967295 Hz");
        assertRefused(file(PCM, 1, 44_100, 12, new byte[400], 400), "12 bits");
        assertRefused(file(85, 1, 44_100, 16, new byte[400], 400), "encoding 85");
        byte[] contradiction = valid();
        contradiction[32] = 3;
        assertRefused(contradiction, "contradicts");
    }

    @Test
    void refusesMoreThanItWasAllowedAndNothing() {
        assertRefused(file(PCM, 1, 44_100, 16, new byte[2_002], 2_002), "too long");
        assertRefused(file(PCM, 1, 44_100, 16, new byte[0], 0), "no samples");
    }

    @Test
    void refusesNumbersThatAreNone() {
        byte[] data = ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(Float.NaN)
                .array();
        assertRefused(file(FLOAT, 1, 44_100, 32, data, 4), "finite");
    }
}
