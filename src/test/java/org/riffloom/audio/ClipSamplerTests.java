package org.riffloom.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClipSamplerTests {

    private static final int RATE = 44_100;
    private static final long ALL = Long.MAX_VALUE;

    @TempDir
    Path folder;

    private static Waveform noise(int length) {
        Random random = new Random(1);
        float[][] channels = new float[2][length];
        for (float[] channel : channels) {
            for (int i = 0; i < length; i++) {
                channel[i] = random.nextFloat() - 0.5f;
            }
        }
        return new Waveform(RATE, channels);
    }

    private Path write(SoundFileKind kind, int length) throws IOException {
        return Files.write(folder.resolve(kind.fileName()), kind.encode(noise(length), SoundTags.NONE));
    }

    private static List<SoundClip> sample(ClipSampler sampler, Path file, long maxKept) throws IOException {
        List<SoundClip> clips = new ArrayList<>();
        sampler.sample(file, "song", maxKept, clips::add);
        return clips;
    }

    private static List<Long> starts(List<SoundClip> clips) {
        return clips.stream().map(SoundClip::startMillis).toList();
    }

    @ParameterizedTest
    @EnumSource(SoundFileKind.class)
    void cutsTheSameOutOfAStreamAsOutOfMemory(SoundFileKind kind) throws IOException {
        Path file = write(kind, 3 * RATE + 17);
        Waveform whole = SoundReader.read(file);
        List<SoundClip> clips = sample(new ClipSampler(20, 700, 5), file, ALL);
        List<SoundClip> streamed = sample(new ClipSampler(20, 700, 5), file, 0);
        assertThat(clips).hasSize(20);
        assertThat(starts(streamed)).isEqualTo(starts(clips));
        for (int i = 0; i < 20; i++) {
            SoundClip clip = clips.get(i);
            int from = (int) (clip.startMillis() * whole.sampleRate() / 1000);
            for (int c = 0; c < 2; c++) {
                float[] wanted = Arrays.copyOfRange(whole.channels()[c], from, from + 700 * whole.sampleRate() / 1000);
                assertThat(clip.sound().channels()[c]).isEqualTo(wanted);
                assertThat(streamed.get(i).sound().channels()[c]).isEqualTo(wanted);
            }
        }
    }

    @Test
    void theSeedAndTheNameSayWhere() throws IOException {
        Path file = write(SoundFileKind.WAV, 10 * RATE);
        List<Long> starts = starts(sample(new ClipSampler(5, 1_000, 5), file, ALL));
        assertThat(starts(sample(new ClipSampler(5, 1_000, 5), file, ALL))).isEqualTo(starts);
        assertThat(starts(sample(new ClipSampler(5, 1_000, 6), file, ALL))).isNotEqualTo(starts);
        List<SoundClip> other = new ArrayList<>();
        new ClipSampler(5, 1_000, 5).sample(file, "other song", ALL, other::add);
        assertThat(starts(other)).isNotEqualTo(starts);
        // The first five of nine are the five.
        assertThat(sample(new ClipSampler(9, 1_000, 5), file, ALL).stream()
                        .filter(clip -> clip.number() < 5)
                        .map(SoundClip::startMillis))
                .isEqualTo(starts);
    }

    @Test
    void allPlacesAreEquallyLikely() throws IOException {
        Path file = write(SoundFileKind.WAV, 2 * RATE);
        int[] quarters = new int[4];
        for (int seed = 0; seed < 400; seed++) {
            quarters[
                    (int) (sample(new ClipSampler(1, 1_000, seed), file, ALL)
                                    .get(0)
                                    .startMillis()
                            / 251)]++;
        }
        // Each is 100 on average; five standard deviations are 43.
        for (int count : quarters) {
            assertThat(count).isBetween(57, 143);
        }
    }

    @Test
    void reachesBothEndsAndTakesNoPlaceTwice() throws IOException {
        Path file = write(SoundFileKind.WAV, RATE + RATE / 100);
        for (long maxKept : new long[] {0, ALL}) {
            List<SoundClip> clips = sample(new ClipSampler(50, 1_000, 7), file, maxKept);
            assertThat(starts(clips)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
            assertThat(clips.stream().map(SoundClip::number)).doesNotHaveDuplicates();
        }
        assertThat(new TreeSet<>(starts(sample(new ClipSampler(5, 1_000, 7), file, ALL))))
                .hasSize(5);
        assertThat(starts(sample(new ClipSampler(3, 1_010, 7), file, ALL))).containsExactly(0L);
    }

    @Test
    void refusesWhatIsShorterThanAClip() throws IOException {
        Path file = write(SoundFileKind.FLAC, RATE / 2);
        assertThatExceptionOfType(UnreadableSoundException.class)
                .isThrownBy(() -> sample(new ClipSampler(1, 5_120, 0), file, ALL))
                .withMessage("song cannot be read: it is too short; it lasts 0.50 s, and a clip 5.12 s.");
    }

    @Test
    void cutsNothingOutOfWhatIsDamagedAtItsEnd() throws IOException {
        Path file = write(SoundFileKind.FLAC, 5 * RATE);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 100));
        for (long maxKept : new long[] {0, ALL}) {
            assertThatExceptionOfType(UnreadableSoundException.class)
                    .isThrownBy(() -> new ClipSampler(1, 500, 0).sample(file, "song", maxKept, clip -> {
                        throw new AssertionError("A clip was cut.");
                    }))
                    .withMessageContaining("cut short");
        }
    }

    @Test
    void whatGoesWrongInTheTakerIsNoFaultOfTheFile() throws IOException {
        Path file = write(SoundFileKind.MP3, 2 * RATE);
        for (long maxKept : new long[] {0, ALL}) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> new ClipSampler(1, 500, 0).sample(file, "song", maxKept, clip -> {
                        throw new IllegalStateException("mine");
                    }))
                    .withMessage("mine");
        }
    }

    @Test
    void refusesNumbersOutOfTheirRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ClipSampler(0, 5_120, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new ClipSampler(1, 99, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new ClipSampler(1, 120_001, 0));
    }

    /** An hour and a half, 1 GB as floats, of which the disk holds nothing. */
    @Test
    void cutsHoursInLittleMemory() throws IOException {
        Path file = folder.resolve("hours.wav");
        int samples = 90 * 60 * RATE;
        try (RandomAccessFile wave = new RandomAccessFile(file.toFile(), "rw")) {
            ByteBuffer header = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
            header.put("RIFF".getBytes()).putInt(36 + samples).put("WAVEfmt ".getBytes());
            header.putInt(16)
                    .putShort((short) 1)
                    .putShort((short) 1)
                    .putInt(RATE)
                    .putInt(RATE);
            header.putShort((short) 1)
                    .putShort((short) 8)
                    .put("data".getBytes())
                    .putInt(samples);
            wave.write(header.array());
            wave.setLength(44L + samples);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        List<Long> starts = new ArrayList<>();
        new ClipSampler(3, 5_120, 2).sample(file, "hours", 1_000_000, clip -> {
            assertThat(clip.sound().length()).isEqualTo(512 * 441);
            starts.add(clip.startMillis());
        });
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(starts).hasSize(3).isSorted();
        assertThat(allocated).isLessThan(60_000_000);
    }
}
