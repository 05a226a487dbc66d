package org.riffloom.clip;

import java.util.List;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.spectrogram.MelScale;
import org.riffloom.spectrogram.SpectrogramParameters;

/**
 * What of a sound stays as it is while the rest is painted anew: parts of its spectrum, parts of its time.
 *
 * @param below keeps all frequencies below this, in Hz; 0 for none
 * @param above keeps all frequencies above this, in Hz; infinite for none
 * @param times that are kept
 */
public record KeptSound(double below, double above, List<Span> times) {

    /** Nothing is kept. */
    public static final KeptSound NOTHING = new KeptSound(0, Double.POSITIVE_INFINITY, List.of());

    /** Bands and columns from what is kept to what is not, so that there is no edge. */
    private static final double SOFT_BANDS = 4;

    private static final double SOFT_COLUMNS = 4;

    /**
     * A part of the time.
     *
     * @param from in seconds
     * @param to in seconds; infinite for the end
     */
    public record Span(double from, double to) {

        /** @throws InvalidRequestException unless it ends after it begins, and that is not before the sound does */
        public Span {
            if (!(from >= 0 && to > from)) {
                throw new InvalidRequestException(
                        "keepTime",
                        "The time from " + from + " to " + to
                                + " s cannot be kept; it must end after it begins, and begin at 0 or later.");
            }
        }
    }

    /** @throws InvalidRequestException if a frequency is none, or if nothing is left to be painted */
    public KeptSound {
        times = List.copyOf(times);
        if (!(below >= 0 && above > 0)) {
            throw new InvalidRequestException(
                    "keepBelow",
                    "Frequencies are kept below or above a number of Hz, not " + below + " and " + above + ".");
        }
        if (below >= above) {
            throw new InvalidRequestException(
                    "keepBelow",
                    "All is kept below " + below + " Hz and above " + above
                            + " Hz, so that nothing is left to be painted; the first must be less than the second.");
        }
    }

    /** Whether all is painted. */
    boolean isNothing() {
        return below == 0 && above == Double.POSITIVE_INFINITY && times.isEmpty();
    }

    /** How much of each band is kept, 0 to 1, wherever in time. */
    float[] ofBands(SpectrogramParameters parameters) {
        int bands = parameters.bands();
        double low = MelScale.fromHertz(parameters.minFrequency());
        double width = (MelScale.fromHertz(parameters.maxFrequency()) - low) / (bands + 1);
        double first = below == 0 ? Double.NEGATIVE_INFINITY : (MelScale.fromHertz(below) - low) / width - 1;
        double last = above == Double.POSITIVE_INFINITY ? above : (MelScale.fromHertz(above) - low) / width - 1;
        float[] kept = new float[bands];
        for (int b = 0; b < bands; b++) {
            kept[b] = Math.max(edge(first - b, SOFT_BANDS), edge(b - last, SOFT_BANDS));
        }
        return kept;
    }

    /**
     * How much of a column is kept, 0 to 1, whatever the band.
     *
     * @param column from the beginning of the sound
     */
    float ofColumn(long column, SpectrogramParameters parameters) {
        float kept = 0;
        for (Span span : times) {
            double columns = 1000.0 / parameters.stepMillis();
            double inside = Math.min(column - span.from() * columns, span.to() * columns - column);
            kept = Math.max(kept, edge(inside, SOFT_COLUMNS));
        }
        return kept;
    }

    /** 1 inside, 0 from some way outside on. */
    private static float edge(double inside, double soft) {
        double x = Math.max(0, Math.min(1, 1 + inside / soft));
        return (float) (x * x * (3 - 2 * x));
    }
}
