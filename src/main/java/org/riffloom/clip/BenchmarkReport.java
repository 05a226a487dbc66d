package org.riffloom.clip;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Benchmark} measured; times are seconds.
 *
 * @param model its name
 * @param device {@code cpu} or {@code cuda:N}
 * @param threads of libtorch for each operation
 * @param steps of the network for each clip; a scheduler may take one more than were asked for
 * @param rounds that were measured, without the first clip
 * @param start of the process, which nothing was warm for
 * @param text two new texts of one window each, to embeddings
 * @param seedImage a new picture to latents
 * @param step one step, with the negative text in the batch, and the scheduler's arithmetic
 * @param picture latents to a picture
 * @param sound a picture to sound that follows the last clip's, and both into files
 * @param clip all of these
 * @param clipSeconds how long a clip plays
 * @param timesRealTime how many seconds of music come in a second: {@code clipSeconds} by the median of {@code clip}
 * @param peakResidentBytes the most memory that the process has had, pages of mapped files among it; {@code null} where
 *     the system does not tell
 * @param load the system's average number of running processes over the last minute, this one among them, or
 *     {@code null} where it does not tell
 */
public record BenchmarkReport(
        String model,
        String device,
        int threads,
        int steps,
        int rounds,
        Start start,
        Spread text,
        Spread seedImage,
        Spread step,
        Spread picture,
        Spread sound,
        Spread clip,
        double clipSeconds,
        double timesRealTime,
        @Nullable Long peakResidentBytes,
        @Nullable Double load) {

    /**
     * Seconds from the start of the process, for a clip from noise alone.
     *
     * @param loaded until the model was ready
     * @param firstStepBegins until the text was embedded and the network took up its first step
     * @param firstStepDone until that was taken
     * @param firstClip until the first clip was there
     */
    public record Start(double loaded, double firstStepBegins, double firstStepDone, double firstClip) {}

    /**
     * A quantity over several rounds.
     *
     * @param median of them; the mean of the two in the middle of an even number
     * @param min the least
     * @param max the most
     */
    public record Spread(double median, double min, double max) {

        /** @param values at least one */
        static Spread of(List<Double> values) {
            double[] sorted =
                    values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            int half = sorted.length / 2;
            double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
            return new Spread(median, sorted[0], Arrays.stream(sorted).max().orElseThrow());
        }
    }
}
