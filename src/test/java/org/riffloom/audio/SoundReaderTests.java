package org.riffloom.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SoundReaderTests {

    private static final SoundTags TAGS = new SoundTags("bells", "seed: 42");
    private static final int RATE = 48_000;

    private static Waveform sound(int length) {
        return new Waveform(RATE, new float[][] {Sine.of(440, RATE, length, 0.5), Sine.of(660, RATE, length, 0.5)});
    }

    private static Waveform read(byte[] file) throws IOException {
        return SoundReader.read(new ByteArrayInputStream(file), "test", 1_000_000);
    }

    private static void assertRefused(byte[] file, String reason) {
        assertThatExceptionOfType(UnreadableSoundException.class)
                .isThrownBy(() -> read(file))
                .withMessageStartingWith("test cannot be read: ")
                .withMessageContaining(reason);
    }

    private static byte[] vorbis() throws IOException {
        try (InputStream in = SoundReaderTests.class.getResourceAsStream("/sounds/sine.ogg")) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @EnumSource(SoundFileKind.class)
    void readsWhatWasWritten(SoundFileKind kind) throws IOException {
        for (int length : new int[] {1, 2, 30_001}) {
            Waveform sound = sound(length);
            Waveform read = read(kind.encode(sound, TAGS));
            assertThat(read.sampleRate()).isEqualTo(RATE);
            assertThat(read.channels()).hasNumberOfRows(2);
            assertThat(read.length()).isEqualTo(length);
            for (int c = 0; c < 2 && length > 3_000; c++) {
                assertThat(Sine.signalToNoise(sound.channels()[c], read.channels()[c], 2_000))
                        .isGreaterThan(kind.exact() ? 85 : 25);
            }
        }
    }

    @Test
    void readsVorbis() throws IOException {
        Waveform read = read(vorbis());
        assertThat(read.sampleRate()).isEqualTo(44_100);
        assertThat(read.length()).isEqualTo(22_051);
        assertThat(Sine.signalToNoise(Sine.of(440, 44_100, 22_051, 0.5), read.channels()[0], 3_000))
                .isGreaterThan(20);
    }

    @Test
    void keepsEverySampleOfFlac() throws IOException {
        Random random = new Random(3);
        float[][] channels = new float[2][50_000];
        for (int i = 0; i < 50_000; i++) {
            channels[0][i] = random.nextFloat() * 2 - 1;
            channels[1][i] = i < 20_000 ? channels[0][i] : 0.25f * channels[0][i];
        }
        Waveform noise = new Waveform(44_100, channels);
        byte[] wanted = Pcm.of(noise, 0, noise.length(), 16);
        Waveform read = read(SoundFileKind.FLAC.encode(noise, TAGS));
        assertThat(Pcm.of(read, 0, read.length(), 16)).isEqualTo(wanted);
    }

    @ParameterizedTest
    @EnumSource(SoundFileKind.class)
    void refusesWhatIsCutShort(SoundFileKind kind) {
        byte[] file = kind.encode(sound(RATE / 2), TAGS);
        for (int part = 0; part < 40; part++) {
            byte[] cut = Arrays.copyOf(file, (int) ((long) file.length * part / 40));
            assertThatExceptionOfType(UnreadableSoundException.class)
                    .as("%s fortieths", part)
                    .isThrownBy(() -> read(cut))
                    .withMessageStartingWith("test cannot be read: ");
        }
    }

    @Test
    void refusesVorbisThatIsCutShort() throws IOException {
        byte[] file = vorbis();
        for (int length = 0; length < file.length; length += 97) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatExceptionOfType(UnreadableSoundException.class).isThrownBy(() -> read(cut));
        }
    }

    @ParameterizedTest
    @EnumSource(SoundFileKind.class)
    void readsOrRefusesWhatIsDamaged(SoundFileKind kind) throws IOException {
        readOrRefuse(kind.encode(sound(6_000), TAGS), false);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsOrRefusesDamagedPackets(boolean opus) throws IOException {
        readOrRefuse(opus ? SoundFileKind.OPUS.encode(sound(6_000), TAGS) : vorbis(), true);
    }

    /** @param checked whether the checks of Ogg's pages are made right again, so that the damage comes through */
    private static void readOrRefuse(byte[] file, boolean checked) throws IOException {
        Random random = new Random(7);
        for (int trial = 0; trial < 150; trial++) {
            byte[] damaged = file.clone();
            for (int i = 0; i <= trial % 8; i++) {
                int at = random.nextInt(trial % 2 == 0 ? Math.min(400, file.length) : file.length);
                damaged[at] = (byte) random.nextInt();
            }
            if (checked) {
                OggPages.check(damaged);
            }
            try {
                assertThat(read(damaged).length()).isPositive();
            } catch (UnreadableSoundException e) {
                assertThat(e).hasMessageStartingWith("test cannot be read: ");
            }
        }
    }

    @Test
    void refusesWhatIsNoSound() {
        assertRefused(new byte[0], "empty");
        assertRefused(new byte[100_000], "not a sound file");
        assertRefused("Once upon a time".getBytes(StandardCharsets.US_ASCII), "WAV, FLAC, MP3, Ogg Vorbis or Ogg Opus");
        assertRefused(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13}, "not a sound file");
    }

    @ParameterizedTest
    @EnumSource(SoundFileKind.class)
    void refusesMoreThanItWasAllowed(SoundFileKind kind) {
        byte[] file = kind.encode(sound(RATE), TAGS);
        assertThatExceptionOfType(UnreadableSoundException.class)
                .isThrownBy(() -> SoundReader.read(new ByteArrayInputStream(file), "test", 80_000))
                .withMessageContaining("too long; at most 40000 samples of 2 channels");
    }

    @Test
    void refusesEightHoursFromTheHeadAlone() {
        long samples = 8L * 3600 * 44_100;
        byte[] flac = SoundFileKind.FLAC.encode(sound(10), TAGS);
        ByteBuffer.wrap(flac).putInt(22, (int) samples);
        assertRefused(flac, "too long");
        byte[] wav = SoundFileKind.WAV.encode(sound(10), SoundTags.NONE);
        ByteBuffer.wrap(wav).putInt(40, Integer.reverseBytes((int) (samples * 2)));
        assertRefused(wav, "too long");
    }

    @Test
    void goesPastTwoHundredMegabytesOfTag() throws IOException {
        // Four times seven bits.
        byte[] header = {'I', 'D', '3', 4, 0, 0, 100, 0, 0, 0};
        long size = 100L << 21;
        byte[] mp3 = SoundFileKind.MP3.encode(sound(5_000), TAGS);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        read(mp3);
        long before = threads.getCurrentThreadAllocatedBytes();
        InputStream in = new SequenceInputStream(Collections.enumeration(
                List.of(new ByteArrayInputStream(header), zeros(size), new ByteArrayInputStream(mp3))));
        assertThat(SoundReader.read(in, "test", 1_000_000).length()).isEqualTo(5_000);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(30_000_000);
        assertRefused(header, "cut short");
    }

    private static InputStream zeros(long count) {
        return new InputStream() {
            private long left = count;

            @Override
            public int read() {
                return left-- > 0 ? 0 : -1;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                if (left <= 0) {
                    return -1;
                }
                int read = (int) Math.min(left, length);
                Arrays.fill(bytes, offset, offset + read, (byte) 0);
                left -= read;
                return read;
            }
        };
    }

    @Test
    void readsMp3AmongOtherThings() throws IOException {
        byte[] mp3 = SoundFileKind.MP3.encode(sound(5_000), SoundTags.NONE);
        byte[] among = ByteBuffer.allocate(3_000 + mp3.length + 128)
                .put(new byte[3_000])
                .put(mp3)
                .put("TAGbells".getBytes(StandardCharsets.US_ASCII))
                .array();
        assertThat(read(among).length()).isEqualTo(5_000);
    }
}
