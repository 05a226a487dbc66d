package org.riffloom.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.riffloom.audio.ClipSampler;
import org.riffloom.audio.SoundFormat;
import org.riffloom.audio.SoundReader;
import org.riffloom.audio.Waveform;
import org.riffloom.spectrogram.SpectrogramImage;
import org.riffloom.spectrogram.SpectrogramImageFile;
import org.riffloom.spectrogram.SpectrogramParameters;

/** Real files to real files. */
class DatasetTests {

    private static final int LENGTH = Sounds.RATE;
    private static final SpectrogramParameters FORMAT = SpectrogramParameters.DEFAULT;
    private static final long MEMORY = 1L << 30;

    @TempDir
    Path folder;

    private Path music;
    private Path out;
    private final List<Outcome.Failed> failures = new ArrayList<>();

    /** The same names in two folders, the same name but for the kind, and two that are none. */
    @BeforeEach
    void writeMusic() throws IOException {
        music = folder.resolve("music");
        out = folder.resolve("out");
        Sounds.write(music.resolve("song.wav"), LENGTH, 1);
        Sounds.write(music.resolve("song.mp3"), LENGTH, 2);
        Sounds.write(music.resolve("live/song.wav"), LENGTH, 3);
        Sounds.write(music.resolve("live/ünd song.flac"), LENGTH, 4);
        Path good = Sounds.write(music.resolve("live/cut.flac"), LENGTH, 5);
        Files.write(good, Arrays.copyOf(Files.readAllBytes(good), 3_000));
        Files.writeString(music.resolve("bad.mp3"), "once upon a time");
    }

    private BatchSummary run(int jobs, TaskMaker maker) throws IOException, InterruptedException {
        failures.clear();
        List<SoundFile> sounds = SoundFolder.list(music, null, out).sounds();
        try (OutputFolder output = OutputFolder.open(out)) {
            return new Batch(sounds, jobs, maker.make(output), outcome -> {
                        if (outcome instanceof Outcome.Failed failed) {
                            failures.add(failed);
                        }
                    })
                    .run();
        }
    }

    private interface TaskMaker {

        BatchTask make(OutputFolder output);
    }

    private static TaskMaker images(SpectrogramParameters parameters, String ending) {
        return output -> new ImageTask(output, parameters, ending, new MemoryShares(2, MEMORY));
    }

    private static TaskMaker clips(int count, long seed, String ending) {
        SoundFormat format = SoundFormat.named(Path.of("clip" + ending)).orElseThrow();
        ClipSettings settings = new ClipSettings(new ClipSampler(count, 250, seed), format, ending, false, 0);
        return output -> new ClipTask(output, settings, 4);
    }

    private Map<String, List<Byte>> files() throws IOException {
        Map<String, List<Byte>> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(out)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                List<Byte> bytes = new ArrayList<>();
                for (byte part : Files.readAllBytes(path)) {
                    bytes.add(part);
                }
                files.put(out.relativize(path).toString().replace('\\', '/'), bytes);
            }
        }
        return files;
    }

    private static void makeOlder(Path file) throws IOException {
        Files.setLastModifiedTime(
                file, FileTime.fromMillis(Files.getLastModifiedTime(file).toMillis() - 60_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {".png", ".jpg"})
    void makesImagesOfAllThatCanBeRead(String ending) throws Exception {
        assertThat(run(4, images(FORMAT, ending))).isEqualTo(new BatchSummary(4, 0, 2, 0));
        assertThat(failures.stream().map(failure -> failure.cause().getMessage()))
                .anyMatch(message -> message.startsWith("bad.mp3 cannot be read: it is not a sound file"))
                .anyMatch(message -> message.startsWith("live/cut.flac cannot be read: it is cut short"));
        assertThat(files().keySet())
                .containsExactlyInAnyOrder(
                        "song.wav" + ending,
                        "song.mp3" + ending,
                        "live/song.wav" + ending,
                        "live/ünd song.flac" + ending);
        SpectrogramImage image = SpectrogramImageFile.read(out.resolve("live/ünd song.flac" + ending));
        assertThat(image.parameters()).isEqualTo(FORMAT);
        assertThat(image.image().getWidth()).isEqualTo(101);
    }

    @Test
    void goesOnWhereItWasWithImages() throws Exception {
        run(2, images(FORMAT, ".png"));
        Map<String, List<Byte>> whole = files();
        Path kept = out.resolve("song.wav.png");
        FileTime keptTime = Files.getLastModifiedTime(kept);
        // One that is missing, one that is cut short, one that was made in another way, and one whose sound is newer.
        Files.delete(out.resolve("song.mp3.png"));
        Path cut = out.resolve("live/song.wav.png");
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 5_000));
        assertThat(run(2, images(FORMAT, ".png"))).isEqualTo(new BatchSummary(2, 2, 2, 0));
        assertThat(files()).isEqualTo(whole);
        makeOlder(out.resolve("live/ünd song.flac.png"));
        makeOlder(out.resolve("live/ünd song.flac.png"));
        Sounds.write(music.resolve("live/ünd song.flac"), LENGTH, 6);
        assertThat(run(2, images(FORMAT, ".png"))).isEqualTo(new BatchSummary(1, 3, 2, 0));
        assertThat(files().get("live/ünd song.flac.png")).isNotEqualTo(whole.get("live/ünd song.flac.png"));
        assertThat(Files.getLastModifiedTime(kept)).isEqualTo(keptTime);
        assertThat(run(2, images(FORMAT.withStereo(true), ".png"))).isEqualTo(new BatchSummary(4, 0, 2, 0));
        assertThat(SpectrogramImageFile.read(kept).parameters().stereo()).isTrue();
    }

    @Test
    void anImageWithoutTagsIsNotTakenForOneOfTheDefaultFormat() throws Exception {
        run(2, images(FORMAT, ".png"));
        byte[] bytes = Files.readAllBytes(out.resolve("song.wav.png"));
        // The chunk's name: what is not known is passed over.
        for (int i = 0; i < bytes.length - 4; i++) {
            if (bytes[i] == 'e' && bytes[i + 1] == 'X' && bytes[i + 2] == 'I' && bytes[i + 3] == 'f') {
                bytes[i + 1] = 'Y';
                break;
            }
        }
        Files.write(out.resolve("song.wav.png"), bytes);
        assertThat(run(2, images(FORMAT, ".png"))).isEqualTo(new BatchSummary(1, 3, 2, 0));
    }

    @Test
    void saysWhatIsTooLongForTheMemoryThereIs() throws Exception {
        BatchSummary summary = run(2, output -> new ImageTask(output, FORMAT, ".png", new MemoryShares(2, 500_000)));
        assertThat(summary).isEqualTo(new BatchSummary(0, 0, 6, 0));
        assertThat(failures)
                .anyMatch(failure -> failure.cause().getMessage().contains("song.wav cannot be read: it is too long"));
        // A share is too little, but not all of them.
        assertThat(run(2, output -> new ImageTask(output, FORMAT, ".png", new MemoryShares(4, 6_000_000))))
                .isEqualTo(new BatchSummary(4, 0, 2, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {".wav", ".flac", ".mp3", ".opus"})
    void cutsTheSameClipsWithAnyNumberOfJobs(String ending) throws Exception {
        assertThat(run(1, clips(3, 7, ending))).isEqualTo(new BatchSummary(4, 0, 2, 0));
        Map<String, List<Byte>> one = files();
        assertThat(one).hasSize(4 * 4);
        out = folder.resolve("again");
        run(4, clips(3, 7, ending));
        assertThat(files()).isEqualTo(one);
        try (Stream<Path> files = Files.list(out.resolve("live/song.wav"))) {
            List<Path> clips =
                    files.filter(file -> file.toString().endsWith(ending)).toList();
            assertThat(clips).hasSize(3);
            for (Path clip : clips) {
                Waveform sound = SoundReader.read(clip);
                assertThat(sound.seconds()).isBetween(0.2499, 0.2501);
                assertThat(sound.channels()).hasNumberOfRows(2);
            }
        }
    }

    @Test
    void namesSayWhereClipsAreFrom() throws Exception {
        run(2, clips(2, 7, ".wav"));
        Waveform song = SoundReader.read(music.resolve("song.wav"));
        int clips = 0;
        try (Stream<Path> files = Files.list(out.resolve("song.wav"))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".wav")).toList()) {
                String[] parts = file.getFileName().toString().split("_");
                assertThat(parts).startsWith("clip").endsWith("ms.wav").contains("duration", "250");
                int start = Integer.parseInt(parts[3]) * 441 / 10;
                float[] clip = SoundReader.read(file).channels()[1];
                assertThat(clip).isEqualTo(Arrays.copyOfRange(song.channels()[1], start, start + clip.length));
                clips++;
            }
        }
        assertThat(clips).isEqualTo(2);
    }

    @Test
    void goesOnWhereItWasWithClips() throws Exception {
        run(2, clips(2, 7, ".wav"));
        Map<String, List<Byte>> whole = files();
        String clip = whole.keySet().stream()
                .filter(name -> name.startsWith("song.mp3/clip_1"))
                .findFirst()
                .orElseThrow();
        Files.delete(out.resolve(clip));
        Path cut = out.resolve(whole.keySet().stream()
                .filter(name -> name.startsWith("live/song.wav/clip_0"))
                .findFirst()
                .orElseThrow());
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 1_000));
        assertThat(run(2, clips(2, 7, ".wav"))).isEqualTo(new BatchSummary(2, 2, 2, 0));
        assertThat(files()).isEqualTo(whole);
        assertThat(run(2, clips(2, 7, ".wav"))).isEqualTo(new BatchSummary(0, 4, 2, 0));
    }

    @Test
    void clipsThatWereCutInAnotherWayAreReplaced() throws Exception {
        run(2, clips(2, 7, ".wav"));
        Map<String, List<Byte>> first = files();
        assertThat(run(2, clips(2, 8, ".wav"))).isEqualTo(new BatchSummary(4, 0, 2, 0));
        Map<String, List<Byte>> second = files();
        assertThat(second).hasSameSizeAs(first);
        assertThat(second.keySet()).isNotEqualTo(first.keySet());
        run(2, clips(2, 7, ".wav"));
        assertThat(files()).isEqualTo(first);
    }

    @Test
    void whatIsOfSomeoneElseIsLeftAlone() throws Exception {
        run(2, clips(1, 7, ".wav"));
        Files.writeString(out.resolve("song.wav/notes.txt"), "mine");
        // Nothing has to be done, so nothing is in the way.
        assertThat(run(2, clips(1, 7, ".wav"))).isEqualTo(new BatchSummary(0, 4, 2, 0));
        Files.createDirectories(out.resolve("song.mp3"));
        Files.delete(out.resolve("song.mp3/clips.json"));
        Files.writeString(out.resolve("live/song.wav/clips.json"), "{\"not\": \"mine\"}");
        Map<String, List<Byte>> before = files();
        assertThat(run(2, clips(1, 8, ".wav"))).isEqualTo(new BatchSummary(1, 0, 5, 0));
        assertThat(failures)
                .anyMatch(failure -> failure.name().equals("song.wav")
                        && failure.cause().getMessage().contains("notes.txt"));
        Map<String, List<Byte>> after = files();
        before.keySet().removeIf(name -> name.startsWith("live/ünd"));
        assertThat(after).containsAllEntriesOf(before);
    }
}
