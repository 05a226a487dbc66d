package org.riffloom.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.riffloom.audio.InversionQuality;
import org.riffloom.audio.LoudnessLeveler;
import org.riffloom.audio.MelDistance;
import org.riffloom.audio.Mp3Sound;
import org.riffloom.audio.SpectrogramAnalyzer;
import org.riffloom.audio.WaveReader;
import org.riffloom.audio.Waveform;
import org.riffloom.checkpoint.CheckpointException;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.RiffPoint;
import org.riffloom.prompt.RiffSettings;
import org.riffloom.spectrogram.MelSpectrogram;
import org.riffloom.spectrogram.SpectrogramImage;
import org.riffloom.spectrogram.SpectrogramImageFile;
import org.riffloom.spectrogram.SpectrogramParameters;

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
        RiffSettings defaults = clips.info().defaults();
        return Interpolation.at(RiffPoint.of(new Prompt(prompt), seed, defaults), defaults.seedImage(), STEPS);
    }

    private static Waveform sound(Clip clip) throws IOException {
        return WaveReader.read(new ByteArrayInputStream(bytes(clip.audio())), "a clip", Long.MAX_VALUE);
    }

    private static byte[] bytes(EncodedMedia media) {
        return media.toArray();
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
    void sketchesComeNearerToThePicture() throws IOException {
        Interpolation recipe = recipe("church bells", 3);
        List<EncodedMedia> sketches = new ArrayList<>();
        Clip clip = clips.open().next(withSteps(recipe, 8), new StepProgress() {
            @Override
            public void onStep(int step, int steps) {}

            @Override
            public boolean wantsSketches() {
                return true;
            }

            @Override
            public void onSketch(int step, int steps, EncodedMedia sketch) {
                sketches.add(sketch);
            }
        });
        double[] picture = small(image(clip.image()), 64);
        double first = correlation(small(image(sketches.get(0)), 64), picture);
        double last = correlation(small(image(sketches.get(sketches.size() - 1)), 64), picture);
        assertThat(sketches).hasSizeBetween(6, 8);
        assertThat(last).isGreaterThan(0.85).isGreaterThan(first + 0.1);
    }

    private static Interpolation withSteps(Interpolation recipe, int steps) {
        return Interpolation.at(recipe.start(), recipe.seedImage(), steps);
    }

    private static BufferedImage image(EncodedMedia png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(bytes(png)));
    }

    /** Mean green of the pixels of each place, row by row. */
    private static double[] small(BufferedImage image, int side) {
        int pixels = image.getWidth() / side;
        double[] means = new double[side * side];
        for (int y = 0; y < side * pixels; y++) {
            for (int x = 0; x < side * pixels; x++) {
                means[y / pixels * side + x / pixels] += image.getRGB(x, y) >> 8 & 0xff;
            }
        }
        return means;
    }

    private static double correlation(double[] a, double[] b) {
        double meanA = Arrays.stream(a).average().orElseThrow();
        double meanB = Arrays.stream(b).average().orElseThrow();
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return ab / Math.sqrt(aa * bb);
    }

    @Test
    void goesOnFromAStateAsTheStreamThatItIsOf() {
        StepProgress nobody = (step, steps) -> {};
        Interpolation next = recipe("church bells", 3);
        ClipStream original = clips.open();
        original.next(recipe("jazz piano", 1), nobody);
        StreamState after = original.next(recipe("jazz piano", 2), nobody).after();
        Clip wanted = original.next(next, nobody);
        Clip afterThat = original.next(recipe("techno", 4), nobody);

        ClipStream other = clips.open();
        other.next(recipe("techno", 9), nobody);
        assertThat(other.resume(StreamState.of(after.toArray()))).isTrue();
        Clip made = other.next(next, nobody);
        assertThat(bytes(made.image())).isEqualTo(bytes(wanted.image()));
        assertThat(bytes(made.audio())).isEqualTo(bytes(wanted.audio()));
        assertThat(made.after()).isEqualTo(wanted.after());
        assertThat(bytes(other.next(recipe("techno", 4), nobody).audio())).isEqualTo(bytes(afterThat.audio()));

        byte[] damaged = after.toArray();
        damaged[damaged.length / 2]++;
        byte[] silent = bytes(clips.open().next(next, nobody).audio());
        assertThat(silent).isNotEqualTo(bytes(wanted.audio()));
        for (byte[] nothing : List.of(damaged, Arrays.copyOf(damaged, 100), new byte[0])) {
            assertThat(other.resume(StreamState.of(nothing))).isFalse();
            assertThat(bytes(other.next(next, nobody).audio())).isEqualTo(silent);
        }
    }

    @Test
    void seedImagesCanBeSeenAsTheyAreInTheFolder() throws IOException {
        for (SeedImage image : clips.model().seedImages().all()) {
            byte[] file = Files.readAllBytes(MODEL.resolve("seed_images/" + image.id() + ".png"));
            EncodedMedia picture =
                    clips.model().seedImages().picture(image.id()).orElseThrow();
            assertThat(picture.mediaType()).isEqualTo("image/png");
            assertThat(bytes(picture)).isEqualTo(file);
            assertThat(image.version()).isEqualTo(picture.fingerprint());
        }
        assertThat(clips.model().seedImages().all())
                .extracting(SeedImage::version)
                .doesNotHaveDuplicates();
        assertThat(clips.model().seedImages().picture("nonsense")).isEmpty();
    }

    /** A seed image is a beat, again and again: a sound that repeats most exactly after one of them. */
    @Test
    void seedImagesSoundLikeTheirBeats() throws IOException {
        SeedImages images = clips.model().seedImages();
        for (SeedImage image : images.all()) {
            EncodedMedia media = images.sound(image.id()).orElseThrow();
            Waveform sound = WaveReader.read(new ByteArrayInputStream(bytes(media)), "a seed image", Long.MAX_VALUE);
            assertThat(media.mediaType()).isEqualTo("audio/wav");
            assertThat(sound.length()).isEqualTo(512 * 441);
            assertThat(LoudnessLeveler.decibels(sound)).isBetween(-24.0, -12.0);
            assertThat(images.sound(image.id()).orElseThrow()).isSameAs(media);
            if (image.beats() == 0) {
                continue;
            }
            double[] envelope = envelope(sound);
            int beat = (int) Math.round(512.0 / image.beats());
            double onTheBeat = likeness(envelope, beat);
            // Drums are driven into the limiter, which brings what is between the beats closer to them.
            assertThat(onTheBeat).isGreaterThan(likeness(envelope, beat / 2) + 0.1);
            assertThat(onTheBeat).isGreaterThan(likeness(envelope, beat * 2 / 3) + 0.1);
        }
        assertThat(images.sound("nonsense")).isEmpty();
    }

    /** Loudness of each hop. */
    private static double[] envelope(Waveform sound) {
        double[] envelope = new double[512];
        for (int i = 0; i < sound.length(); i++) {
            envelope[i / 441] += Math.pow(sound.channels()[0][i], 2);
        }
        return Arrays.stream(envelope).map(Math::sqrt).toArray();
    }

    /** The correlation of an envelope with itself so many hops later. */
    private static double likeness(double[] envelope, int hops) {
        int count = envelope.length - hops;
        double mean = Arrays.stream(envelope).average().orElseThrow();
        double both = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < count; i++) {
            double a = envelope[i] - mean;
            double b = envelope[i + hops] - mean;
            both += a * b;
            first += a * a;
            second += b * b;
        }
        return both / Math.sqrt(first * second);
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

    /** After the words, after the seed image, and after the last step with the picture and with a processor for the sound. */
    @ParameterizedTest
    @CsvSource({"false, 1", "false, 2", "true, 1", "true, 2"})
    void canBeAbandonedBetweenStages(boolean afterSteps, int time) {
        AtomicBoolean stepped = new AtomicBoolean();
        AtomicInteger times = new AtomicInteger();
        StepProgress progress = new StepProgress() {
            @Override
            public void onStep(int step, int steps) {
                stepped.set(step == steps);
            }

            @Override
            public void mayStop() {
                if (stepped.get() == afterSteps && times.incrementAndGet() == time) {
                    throw new CancellationException("enough");
                }
            }
        };
        assertThatThrownBy(() -> clips.model().singles().make(recipe("flute", 1), progress))
                .isInstanceOf(CancellationException.class);
        assertThat(stepped.get()).isEqualTo(afterSteps);
    }

    @Test
    void namesAnUnknownSeedImage() {
        Interpolation known = recipe("flute", 1);
        Interpolation unknown = Interpolation.at(known.start(), "nonsense", STEPS);
        assertThatThrownBy(() -> clips.open().next(unknown, (step, steps) -> {}))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("\"nonsense\"");
    }

    /** As the stream makes it, but from the picture's first column to its last. */
    @Test
    void aClipAloneIsItsPictureAndItsSound() throws IOException {
        Interpolation recipe = recipe("strings", 1);
        Clip streamed = clips.open().next(recipe, (step, steps) -> {});
        Clip alone = clips.model().singles().make(recipe, (step, steps) -> {});
        assertThat(alone.seconds()).isEqualTo(5.12);
        assertThat(alone.imageOffsetSeconds()).isZero();

        assertThat(alone.image().mediaType()).isEqualTo("image/jpeg");
        SpectrogramImage lossless = SpectrogramImageFile.decode(bytes(streamed.image()), "png");
        SpectrogramImage lossy = SpectrogramImageFile.decode(bytes(alone.image()), "jpeg");
        assertThat(lossy.parameters()).isEqualTo(SpectrogramParameters.DEFAULT);
        assertThat(difference(lossless.image(), lossy.image())).isLessThan(6);

        assertThat(alone.audio().mediaType()).isEqualTo("audio/mpeg");
        Waveform sound = Mp3Sound.decode(bytes(alone.audio()));
        assertThat(sound.length()).isEqualTo(512 * 441);
        // The limiter and LAME take some off the target of -16 dB.
        assertThat(LoudnessLeveler.decibels(sound)).isBetween(-19.0, -15.5);
        assertThat(distance(lossless, sound)).isLessThan(0.3);
    }

    /** Mel spectral convergence of a clip's sound, at whatever volume. */
    private static double distance(SpectrogramImage picture, Waveform sound) {
        MelSpectrogram wanted = picture.toMel();
        MelSpectrogram made = new SpectrogramAnalyzer(SpectrogramParameters.DEFAULT).analyze(sound);
        return MelDistance.between(wanted, louder(made, wanted), 5, 507).spectralConvergence();
    }

    /** Root of the mean of the squared differences of grey pixels, of 255. */
    private static double difference(BufferedImage first, BufferedImage second) {
        double sum = 0;
        for (int y = 0; y < first.getHeight(); y++) {
            for (int x = 0; x < first.getWidth(); x++) {
                sum += Math.pow((first.getRGB(x, y) & 0xFF) - (second.getRGB(x, y) & 0xFF), 2);
            }
        }
        return Math.sqrt(sum / first.getWidth() / first.getHeight());
    }

    /** The same with the energy of another one: pictures do not say how loud they are. */
    private static MelSpectrogram louder(MelSpectrogram spectrogram, MelSpectrogram model) {
        double gain = Math.sqrt(energy(model) / energy(spectrogram));
        float[] magnitudes = spectrogram.magnitudes()[0].clone();
        for (int i = 0; i < magnitudes.length; i++) {
            magnitudes[i] *= (float) gain;
        }
        return new MelSpectrogram(spectrogram.parameters(), spectrogram.frames(), new float[][] {magnitudes});
    }

    private static double energy(MelSpectrogram spectrogram) {
        double sum = 0;
        for (float magnitude : spectrogram.magnitudes()[0]) {
            sum += (double) magnitude * magnitude;
        }
        return sum;
    }

    private static ModelProperties settings(String seedImages, InversionQuality quality, boolean compressor) {
        return new ModelProperties(
                "",
                MODEL.toString(),
                "cpu",
                1,
                0,
                "",
                List.of(),
                List.of(),
                seedImages,
                quality,
                compressor,
                HubProperties.USUAL);
    }

    @Test
    void theSettingsSayHowGoodTheSoundIs() throws IOException {
        ModelProperties settings = settings("", InversionQuality.BEST, false);
        try (DiffusionClips best = DiffusionClips.load(settings)) {
            Interpolation recipe = recipe("flute", 1);
            Clip streamed = clips.open().next(recipe, (step, steps) -> {});
            Clip better = best.open().next(recipe, (step, steps) -> {});
            assertThat(bytes(better.image())).isEqualTo(bytes(streamed.image()));
            assertThat(bytes(better.audio())).isNotEqualTo(bytes(streamed.audio()));
            assertThat(better.seconds()).isEqualTo(streamed.seconds());

            SpectrogramImage picture = SpectrogramImageFile.decode(bytes(streamed.image()), "png");
            Clip alone = clips.model().singles().make(recipe, (step, steps) -> {});
            Clip betterAlone = best.model().singles().make(recipe, (step, steps) -> {});
            assertThat(distance(picture, Mp3Sound.decode(bytes(betterAlone.audio()))))
                    .isLessThan(distance(picture, Mp3Sound.decode(bytes(alone.audio()))));
        }
    }

    @Test
    void theSettingsSayWhetherItIsCompressed() throws IOException {
        Interpolation recipe = recipe("jazz drums", 5);
        SeedImages seedImages = clips.model().seedImages();
        EncodedMedia png = seedImages.picture(seedImages.ids().get(0)).orElseThrow();
        // As generation reads it, whatever its tags say.
        SpectrogramImage picture = SpectrogramImage.of(
                SpectrogramImageFile.decode(bytes(png), "png").image());
        ModelProperties settings = settings("", InversionQuality.STANDARD, true);
        try (DiffusionClips compressing = DiffusionClips.loadCold(settings, fetched -> {})) {
            DiffusionClipStream plain = clips.stream();
            DiffusionClipStream compressed = compressing.stream();
            Clip heard = plain.append(recipe, picture, 0);
            Clip even = compressed.append(recipe, picture, 0);
            assertThat(bytes(even.audio())).isNotEqualTo(bytes(heard.audio())).hasSameSizeAs(bytes(heard.audio()));
            // Its state has a compressor's, and either can go on from the other.
            DiffusionClipStream other = compressing.stream();
            assertThat(other.resume(even.after())).isTrue();
            byte[] next = bytes(other.append(recipe, picture, 0).audio());
            assertThat(next)
                    .isEqualTo(bytes(compressed.append(recipe, picture, 0).audio()));
            assertThat(compressed.resume(heard.after())).isTrue();
            assertThat(plain.resume(even.after())).isTrue();
        }
    }

    @Test
    void picturesOfTheOperatorCountAtOnce() throws IOException {
        Path added = folder.resolve("added");
        ModelProperties settings = settings(added.toString(), InversionQuality.STANDARD, false);
        try (DiffusionClips other = DiffusionClips.load(settings)) {
            assertThat(other.model().seedImages().has("og_beat")).isFalse();
            Files.createDirectory(added);
            Files.copy(MODEL.resolve("seed_images/pulse-6.png"), added.resolve("og_beat.png"));
            BufferedImage keepAll = new BufferedImage(512, 512, BufferedImage.TYPE_BYTE_GRAY);
            ImageIO.write(keepAll, "png", added.resolve("keep.png").toFile());
            assertThat(other.model().seedImages().ids()).contains("pulse-6", "og_beat");
            assertThat(other.model().maskImages().ids()).containsExactly("keep", "og_beat");

            Interpolation own = Interpolation.at(recipe("flute", 1).start(), "pulse-6", STEPS);
            Interpolation theirs = Interpolation.at(own.start(), "og_beat", STEPS);
            Clip expected = other.model().singles().make(own, (step, steps) -> {});
            Clip made = other.model().singles().make(theirs, (step, steps) -> {});
            assertThat(bytes(made.image())).isEqualTo(bytes(expected.image()));

            Interpolation kept = new Interpolation(own.start(), own.end(), 0, "og_beat", STEPS, "keep", null);
            Clip masked = other.model().singles().make(kept, (step, steps) -> {});
            assertThat(bytes(masked.image())).isNotEqualTo(bytes(expected.image()));
        }
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
        String id = clips.info().defaults().seedImage();
        Path picture = copy.resolve("seed_images/" + id + ".png");
        Files.writeString(picture, "not a picture");
        assertThatThrownBy(() -> DiffusionClips.load(settings(copy)))
                .isInstanceOf(CheckpointException.Malformed.class)
                .hasMessageContaining(picture.toString());
    }

    @Test
    void namesASeedImageOfTheWrongSize() throws IOException {
        Path copy = copyOfTheModel();
        Path picture = copy.resolve("seed_images/" + clips.info().defaults().seedImage() + ".png");
        ImageIO.write(new BufferedImage(256, 512, BufferedImage.TYPE_BYTE_GRAY), "png", picture.toFile());
        assertThatThrownBy(() -> DiffusionClips.load(settings(copy)))
                .isInstanceOf(CheckpointException.Malformed.class)
                .hasMessageContaining("256 × 512");
    }

    @Test
    void showsAJpegSeedImageAsPng() throws IOException {
        Path copy = copyOfTheModel();
        String id = clips.info().defaults().seedImage();
        Path picture = copy.resolve("seed_images/" + id + ".png");
        SpectrogramImage image = SpectrogramImageFile.read(picture);
        Files.write(picture, SpectrogramImageFile.encodeJpeg(image));
        try (DiffusionClips other = DiffusionClips.load(settings(copy))) {
            EncodedMedia shown = other.model().seedImages().picture(id).orElseThrow();
            assertThat(shown.mediaType()).isEqualTo("image/png");
            assertThat(SpectrogramImageFile.isPng(shown.toArray())).isTrue();
        }
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
