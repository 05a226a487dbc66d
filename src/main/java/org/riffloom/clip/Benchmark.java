package org.riffloom.clip;

import java.awt.image.BufferedImage;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.riffloom.checkpoint.hub.FetchListener;
import org.riffloom.diffusion.PictureRequest;
import org.riffloom.diffusion.PictureStage;
import org.riffloom.diffusion.StepListener;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.RiffPoint;
import org.riffloom.prompt.RiffSettings;
import org.riffloom.spectrogram.SpectrogramImage;

/**
 * Measures the making of clips, stage by stage, as listeners get them. Every round has texts and a seed image that no
 * round had before, since what was encoded once is kept.
 */
public final class Benchmark {

    private static final double NANOS = 1e9;

    private final DiffusionClips clips;
    private final RiffSettings settings;
    private final int steps;
    private final StepProgress progress;
    private final DiffusionClipStream stream;

    private final Map<PictureStage, List<Double>> stages = new EnumMap<>(PictureStage.class);
    private final List<Double> stepSeconds = new ArrayList<>();
    private final List<Double> soundSeconds = new ArrayList<>();
    private final List<Double> clipSeconds = new ArrayList<>();

    private Benchmark(DiffusionClips clips, int steps, StepProgress progress) {
        this.clips = clips;
        this.settings = clips.info().defaults();
        this.steps = steps > 0 ? steps : settings.steps();
        this.progress = progress;
        this.stream = clips.stream();
    }

    /**
     * Loads a model, makes a first clip, which counts for the start alone, and then one clip in each round.
     *
     * @param steps of the scheduler; 0 for the model's own choice
     * @param rounds at least 1
     * @param listener to the download, if there is one
     * @param progress called after each step, with those of all clips counted together
     * @throws org.riffloom.checkpoint.CheckpointException as {@link DiffusionClips#load(ModelProperties, FetchListener)},
     *     and likewise for the other failures
     * @throws org.riffloom.prompt.InvalidRequestException if there are more steps than the scheduler can take
     */
    public static BenchmarkReport run(
            ModelProperties model, int steps, int rounds, FetchListener listener, StepProgress progress) {
        try (DiffusionClips clips = DiffusionClips.loadCold(model, listener)) {
            Benchmark benchmark = new Benchmark(clips, steps, progress);
            BenchmarkReport.Start start = benchmark.first(rounds);
            for (int round = 1; round <= rounds; round++) {
                benchmark.measure(round, rounds);
            }
            return benchmark.report(start, DiffusionClips.threads(model));
        }
    }

    /** Follows one clip. */
    private final class Stopwatch implements StepListener {

        private final int round;
        private final int rounds;
        private final Map<PictureStage, Double> stage = new EnumMap<>(PictureStage.class);
        private final List<Double> step = new ArrayList<>();
        private double beforeSteps;
        private long last = System.nanoTime();

        private Stopwatch(int round, int rounds) {
            this.round = round;
            this.rounds = rounds;
        }

        double lap() {
            long now = System.nanoTime();
            double seconds = (now - last) / NANOS;
            last = now;
            return seconds;
        }

        @Override
        public void onStage(PictureStage done) {
            double seconds = lap();
            stage.put(done, seconds);
            if (done != PictureStage.PICTURE) {
                beforeSteps += seconds;
            }
        }

        @Override
        public void onStep(int done, int of) {
            step.add(lap());
            progress.onStep(round * of + done, (rounds + 1) * of);
        }
    }

    private BenchmarkReport.Start first(int rounds) {
        double ready = OwnProcess.age();
        long start = System.nanoTime();
        Stopwatch watch = new Stopwatch(0, rounds);
        Interpolation recipe = recipe(0);
        clip(recipe, null, watch, start);
        double begins = ready + watch.beforeSteps;
        return new BenchmarkReport.Start(
                ready, begins, begins + watch.step.get(0), ready + (System.nanoTime() - start) / NANOS);
    }

    private void measure(int round, int rounds) {
        BufferedImage seedImage = seedImage(round);
        long start = System.nanoTime();
        Stopwatch watch = new Stopwatch(round, rounds);
        clip(recipe(round), seedImage, watch, start);
        soundSeconds.add(watch.lap());
        clipSeconds.add((System.nanoTime() - start) / NANOS);
        watch.stage.forEach((stage, seconds) ->
                stages.computeIfAbsent(stage, unseen -> new ArrayList<>()).add(seconds));
        stepSeconds.addAll(watch.step);
    }

    private void clip(Interpolation recipe, @Nullable BufferedImage seedImage, Stopwatch watch, long start) {
        BufferedImage picture = clips.pipeline().generate(PictureRequest.of(recipe, seedImage), watch);
        stream.append(recipe, SpectrogramImage.of(picture), start);
    }

    private Interpolation recipe(int round) {
        // Denoised in full, so that all steps are taken.
        RiffPoint point =
                new RiffPoint(new Prompt("jazz piano " + round), "drums " + round, round, 1, settings.guidance());
        return Interpolation.at(point, null, steps);
    }

    /** Bands of tones over a dark ground, in other places in each round. */
    private BufferedImage seedImage(int round) {
        int side = clips.pipeline().imageSize();
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int grey = (y + round) % 16 < 3 ? 255 - (x + round) % 128 : 16;
                image.setRGB(x, y, grey << 16 | grey << 8 | grey);
            }
        }
        return image;
    }

    private BenchmarkReport report(BenchmarkReport.Start start, int threads) {
        ModelInfo info = clips.info();
        BenchmarkReport.Spread clip = BenchmarkReport.Spread.of(clipSeconds);
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return new BenchmarkReport(
                info.name(),
                clips.pipeline().device(),
                threads,
                stepSeconds.size() / clipSeconds.size(),
                clipSeconds.size(),
                start,
                spread(PictureStage.TEXT),
                spread(PictureStage.BEGINNING),
                BenchmarkReport.Spread.of(stepSeconds),
                spread(PictureStage.PICTURE),
                BenchmarkReport.Spread.of(soundSeconds),
                clip,
                info.clipSeconds(),
                info.clipSeconds() / clip.median(),
                OwnProcess.peakResidentBytes(),
                load < 0 ? null : load);
    }

    private BenchmarkReport.Spread spread(PictureStage stage) {
        return BenchmarkReport.Spread.of(stages.getOrDefault(stage, List.of()));
    }
}
