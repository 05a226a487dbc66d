package org.riffloom.audio;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Figures in order, to tell their median and how far they spread. */
final class Quantiles {

    private final double[] sorted;

    Quantiles(List<Double> figures) {
        this.sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    /** The figure that this share of all, 0 to 1, do not exceed. */
    double at(double share) {
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }

    /** The share of the figures that do not exceed this one. */
    double shareUpTo(double figure) {
        return (double) Arrays.stream(sorted).filter(value -> value <= figure).count() / sorted.length;
    }

    /** Median, 5 and 95 %, and the largest. */
    String summary(String format) {
        String each = "median " + format + ", 5 to 95 %% " + format + " to " + format + ", largest " + format;
        return String.format(Locale.ROOT, each, at(0.5), at(0.05), at(0.95), at(1));
    }
}
