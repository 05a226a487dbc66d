package org.riffloom.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.riffloom.audio.WaveReader;
import org.riffloom.audio.Waveform;
import org.riffloom.checkpoint.CheckpointException;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.RiffPoint;
import org.riffloom.prompt.RiffSettings;

/** The embedded model and everything that turns its pictures into a stream. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DiffusionClipsTests {

    private static final Path MODEL = Path.of("models/riffloom-mini");
    private static final int STEPS = 2;

    @TempDir
    Path folder = Path.of("");

    private DiffusionClips clips;

    @BeforeAll
    void load() {
        clips = DiffusionClips.load(settings(MODEL));
    }

    @AfterAll
    void close() {
        clips.close();
    }

    private ModelProperties settings(Path model) {
        return new ModelProperties("", model.toString(), "cpu", 1, "");
    }

    private Interpolation recipe(String prompt, long seed) {
        RiffSettings defaults = clips.model().info().defaults();
        return Interpolation.at(RiffPoint.of(new Prompt(prompt), seed, defaults), defaults.seedImage(), STEPS);
    }

    private static Waveform sound(Clip clip) throws IOException {
        return WaveReader.read(new ByteArrayInputStream(bytes(clip.audio())), "a clip", Long.MAX_VALUE);
    }

    private static byte[] bytes(EncodedMedia media) {
        ByteBuffer buffer = media.bytes();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @Test
    void tellsWhatTheModelLikes() {
        LoadedModel model = clips.model();
        assertThat(model.info().name()).isEqualTo("riffloom-mini");
        assertThat(model.info().clipSeconds()).isEqualTo(5.12);
        assertThat(model.info().examplePrompts()).contains("church bells", "jazz piano");
        assertThat(model.seedImages().all())
                .extracting(SeedImage::id)
                .contains(model.info().defaults().seedImage());
    }

    @Test
    void everyClipIsExactlyAsLongAsItsPicture() throws IOException {
        ClipStream stream = clips.open();
        for (int seed = 0; seed < 3; seed++) {
            Clip clip = stream.next(recipe("strings", seed), (step, steps) -> {});
            assertThat(sound(clip).length()).isEqualTo(512 * 441);
            assertThat(clip.seconds()).isEqualTo(5.12);
            assertThat(clip.imageOffsetSeconds()).isBetween(0.05, 0.06);
        }
    }

    @Test
    void sameRecipesMakeTheSameStream() {
        ClipStream first = clips.open();
        ClipStream second = clips.open();
        for (int seed = 0; seed < 2; seed++) {
            Clip one = first.next(recipe("flute", seed), (step, steps) -> {});
            Clip other = second.next(recipe("flute", seed), (step, steps) -> {});
            assertThat(bytes(other.image())).isEqualTo(bytes(one.image()));
            assertThat(bytes(other.audio())).isEqualTo(bytes(one.audio()));
            assertThat(other.id()).isNotEqualTo(one.id());
        }
    }

    @Test
    void aClipGoesOnWhereTheLastOneEnded() throws IOException {
        ClipStream stream = clips.open();
        Clip first = stream.next(recipe("church bells", 1), (step, steps) -> {});
        Clip second = stream.next(recipe("church bells", 1), (step, steps) -> {});
        float[] before = sound(first).channels()[0];
        float[] after = sound(second).channels()[0];
        double largest = 0;
        for (int i = 1; i < before.length; i++) {
            largest = Math.max(largest, Math.abs(before[i] - before[i - 1]));
        }
        assertThat((double) Math.abs(after[0] - before[before.length - 1])).isLessThan(largest);
    }

    @Test
    void canBeAbandonedAndGoOn() {
        ClipStream stream = clips.open();
        assertThatThrownBy(() -> stream.next(recipe("flute", 1), (step, steps) -> {
                    throw new CancellationException("enough");
                }))
                .isInstanceOf(CancellationException.class);
        stream.reset();
        Clip clip = stream.next(recipe("flute", 1), (step, steps) -> {});
        Clip fresh = clips.open().next(recipe("flute", 1), (step, steps) -> {});
        assertThat(bytes(clip.audio())).isEqualTo(bytes(fresh.audio()));
    }

    @Test
    void namesAnUnknownSeedImage() {
        Interpolation known = recipe("flute", 1);
        Interpolation unknown = Interpolation.at(known.start(), "nonsense", STEPS);
        assertThatThrownBy(() -> clips.open().next(unknown, (step, steps) -> {}))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("\"nonsense\"");
    }

    @Test
    void namesATruncatedCheckpoint() throws IOException {
        Path copy = copyOfTheModel();
        Path unet = copy.resolve("unet/diffusion_pytorch_model.safetensors");
        try (RandomAccessFile file = new RandomAccessFile(unet.toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }
        assertThatThrownBy(() -> DiffusionClips.load(settings(copy)))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(unet.toString());
    }

    @Test
    void namesASeedImageThatIsNoPicture() throws IOException {
        Path copy = copyOfTheModel();
        String id = clips.model().info().defaults().seedImage();
        Path picture = copy.resolve("seed_images/" + id + ".png");
        Files.writeString(picture, "not a picture");
        assertThatThrownBy(() -> DiffusionClips.load(settings(copy)))
                .isInstanceOf(CheckpointException.Malformed.class)
                .hasMessageContaining(picture.toString());
    }

    private Path copyOfTheModel() throws IOException {
        Path copy = Files.createTempDirectory(folder, "model");
        try (Stream<Path> files = Files.walk(MODEL)) {
            for (Path file : files.toList()) {
                Path target = copy.resolve(MODEL.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        return copy;
    }
}
