package org.riffloom.stream;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.riffloom.clip.Clip;
import org.riffloom.clip.ClipId;
import org.riffloom.clip.ClipStream;
import org.riffloom.clip.EncodedMedia;
import org.riffloom.clip.FixedMasks;
import org.riffloom.clip.LoadedModel;
import org.riffloom.clip.LoadingProgress;
import org.riffloom.clip.ModelInfo;
import org.riffloom.clip.ModelLoading;
import org.riffloom.clip.Moment;
import org.riffloom.clip.SeedImage;
import org.riffloom.clip.SeedImages;
import org.riffloom.clip.StepProgress;
import org.riffloom.clip.StreamState;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.prompt.LoraWeights;
import org.riffloom.prompt.RiffSettings;

/** Draws a picture and a tone that depend on nothing but the recipe, and remembers what it was asked for. */
public final class SyntheticModel implements ModelLoading {

    public static final int STEPS = 4;
    static final String FINGERPRINT = "5a".repeat(32);
    private static final int SAMPLE_RATE = 44_100;
    private static final int SAMPLES = 512 * 441;
    private static final int SIDE = 64;
    private static final long STEP_NANOS = 1_000_000;

    /** The recipes that have been begun, in order. */
    public final List<Interpolation> begun = new CopyOnWriteArrayList<>();

    /** How many have come to an end, whichever. */
    public final AtomicInteger ended = new AtomicInteger();

    public final AtomicInteger abandoned = new AtomicInteger();
    public final AtomicInteger resets = new AtomicInteger();
    /** Where links lead. */
    final Map<String, Moment> moments = new ConcurrentHashMap<>();

    /** What streams were told to go on from. */
    final List<StreamState> resumed = new CopyOnWriteArrayList<>();

    private final AtomicInteger atOnce = new AtomicInteger();
    final AtomicInteger mostAtOnce = new AtomicInteger();
    private final CompletableFuture<LoadedModel> loading = new CompletableFuture<>();
    private volatile boolean held;
    private volatile boolean heldBeforeSteps;
    private volatile @Nullable LoadingProgress download;

    @Override
    public CompletionStage<LoadedModel> model() {
        return loading;
    }

    @Override
    public Optional<LoadingProgress> download() {
        return Optional.ofNullable(download);
    }

    void fetch(LoadingProgress progress) {
        download = progress;
    }

    public void load() {
        loading.complete(new LoadedModel(
                FINGERPRINT,
                new ModelInfo(
                        "synthetic",
                        SAMPLE_RATE,
                        5.12,
                        new RiffSettings(42, "og_beat", 0.75, 7, 25, ""),
                        List.of("jazz piano", "church bells"),
                        List.of("top-half"),
                        new LoraWeights(Map.of("bells", 0.8, "lcm", 0.0))),
                new Seeds(),
                new FixedMasks(List.of("top-half", "mask_added")),
                Stream::new,
                (recipe, progress) -> new Stream().next(recipe, progress)));
    }

    public void failToLoad() {
        failToLoad(new IOException("on purpose"));
    }

    public void failToLoad(Exception failure) {
        loading.completeExceptionally(failure);
    }

    /** Whatever is begun from now on is not finished before the release. */
    public void hold() {
        held = true;
    }

    /** Whatever is begun from now on takes no step before the release. */
    public void holdBeforeSteps() {
        heldBeforeSteps = true;
    }

    public void release() {
        held = false;
        heldBeforeSteps = false;
    }

    /** As if nothing had been asked for yet; for tests that share a server. */
    public void forget() {
        begun.clear();
        ended.set(0);
        abandoned.set(0);
        resets.set(0);
    }

    /** The prompts that clips have been begun for. */
    public List<String> prompts() {
        return begun.stream().map(recipe -> recipe.start().prompt().text()).toList();
    }

    /** They can be named, but neither seen nor heard. */
    private static final class Seeds implements SeedImages {

        @Override
        public List<SeedImage> all() {
            return List.of(
                    new SeedImage("og_beat", "Four on the floor", 10, "0a"), new SeedImage("waltz", "Waltz", 6, "0b"));
        }

        @Override
        public List<String> ids() {
            return List.of("og_beat", "waltz", "added");
        }

        @Override
        public boolean has(String id) {
            return ids().contains(id);
        }

        @Override
        public Optional<EncodedMedia> picture(String id) {
            return Optional.empty();
        }

        @Override
        public Optional<EncodedMedia> sound(String id) {
            return Optional.empty();
        }
    }

    private final class Stream implements ClipStream {

        @Override
        public Clip next(Interpolation recipe, StepProgress progress) {
            begun.add(recipe);
            mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            try {
                fail(recipe.start().prompt().text());
                step(progress);
                return new Clip(
                        ClipId.random(),
                        recipe,
                        EncodedMedia.of("audio/wav", tone(recipe)),
                        EncodedMedia.of("image/png", picture(recipe)),
                        (double) SAMPLES / SAMPLE_RATE,
                        0.05,
                        Duration.ofMillis(20),
                        StreamState.of(recipe.toString().getBytes(StandardCharsets.UTF_8)));
            } finally {
                atOnce.decrementAndGet();
                ended.incrementAndGet();
            }
        }

        private void fail(String prompt) {
            switch (prompt) {
                case "a broken model" -> throw new IllegalStateException("on purpose");
                case "(unbalanced" -> throw new InvalidRequestException("prompt", "A bracket is not closed.");
                default -> {}
            }
        }

        private void step(StepProgress progress) {
            try {
                while (heldBeforeSteps) {
                    LockSupport.parkNanos(STEP_NANOS);
                    progress.mayStop();
                }
                do {
                    for (int step = 1; step <= STEPS; step++) {
                        LockSupport.parkNanos(STEP_NANOS);
                        progress.onStep(step, STEPS);
                        if (progress.wantsSketches()) {
                            progress.onSketch(step, STEPS, EncodedMedia.of("image/png", new byte[] {(byte) step}));
                        }
                    }
                } while (held);
            } catch (RuntimeException e) {
                abandoned.incrementAndGet();
                throw e;
            }
        }

        @Override
        public void reset() {
            resets.incrementAndGet();
        }

        @Override
        public boolean resume(StreamState state) {
            if (state.isSilence()) {
                reset();
                return false;
            }
            resumed.add(state);
            return true;
        }
    }

    private static byte[] tone(Interpolation recipe) {
        int bytes = SAMPLES * Short.BYTES;
        ByteBuffer wav = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + bytes);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1).putShort((short) 1).putInt(SAMPLE_RATE).putInt(2 * SAMPLE_RATE);
        wav.putShort((short) 2).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(bytes);
        int period = 50 + Math.floorMod(recipe.hashCode(), 200);
        for (int i = 0; i < SAMPLES; i++) {
            wav.putShort((short) (i % period * 100));
        }
        return wav.array();
    }

    private static byte[] picture(Interpolation recipe) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < SIDE; x++) {
            for (int y = 0; y < SIDE; y++) {
                image.setRGB(x, y, recipe.hashCode() ^ (x * y));
            }
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return png.toByteArray();
    }
}
