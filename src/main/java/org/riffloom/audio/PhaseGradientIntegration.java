package org.riffloom.audio;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Phases of a spectrogram from its magnitudes alone: phase gradient heap integration, after Průša, Balazs and
 * Søndergaard, "A Noniterative Method for Reconstruction of Phase from STFT Magnitude" (2017).
 *
 * <p>For a Gaussian window the phase's gradient is that of the logarithm of the magnitude, turned by a right angle; a
 * Hann window is close to a Gaussian of the same spread. The gradient is integrated from the strongest cells outwards,
 * so that errors gather where little is heard. In place of the heap, cells wait in buckets of about a tenth of a decibel,
 * which takes constant time for each.
 *
 * <p>One for each thread: the work space is reused. Nothing in it is random: the same magnitudes give the same phases.
 */
final class PhaseGradientIntegration {

    private static final float TWO_PI = (float) (2 * Math.PI);
    /** Spread of the Gaussian nearest to a Hann window, as a share of the window's squared length. */
    private static final double HANN_SPREAD = 0.25645;
    /** Cells this much below the loudest one are not worth following. */
    private static final float TOLERANCE = 1e-4f;

    private static final int BUCKETS = 1024;
    private static final int NONE = -1;

    private final int bins;
    private final float timeScale;
    private final float frequencyScale;
    /** Phase that a bin's centre frequency advances by in one hop, wrapped. */
    private final float[] advance;

    private final float[] logarithm;
    private final boolean[] done;
    private final int[] next;
    private final int[] order;
    private final int[] waiting = new int[BUCKETS];
    private final int[] position = new int[BUCKETS];
    private int frames;
    private boolean circular;
    private float bucketScale;
    private float floor;
    private int top;

    /** @param maxFrames the most frames of one call */
    PhaseGradientIntegration(ReconstructionGrid grid, int bins, int maxFrames) {
        this.bins = bins;
        double spread = HANN_SPREAD * grid.window() * grid.window();
        double area = (double) grid.hop() * grid.fftSize();
        this.timeScale = (float) (area / (2 * spread));
        this.frequencyScale = (float) (-spread / (2 * area));
        this.advance = new float[bins];
        for (int m = 0; m < bins; m++) {
            long cycles = (long) m * grid.hop() % grid.fftSize();
            advance[m] = (float) (2 * Math.PI * cycles / grid.fftSize());
        }
        this.logarithm = new float[maxFrames * bins];
        this.done = new boolean[maxFrames * bins];
        this.next = new int[maxFrames * bins];
        this.order = new int[maxFrames * bins];
    }

    /**
     * Fills in phases.
     *
     * @param magnitudes frame after frame, {@code bins} values each
     * @param phases in radians; those of the first {@code known} frames are given, the others are written
     */
    void integrate(float[] magnitudes, float[] phases, int frames, int known) {
        circular = false;
        fill(magnitudes, phases, frames, known, null);
    }

    /**
     * Fills in the phases of a channel that shares sources with others.
     *
     * @param magnitudes frame after frame, {@code bins} values each
     * @param phases in radians; those of the first {@code known} frames are given, and of the others those of all channels
     *     together
     * @param shared for each cell whether it keeps that phase
     */
    void integrateShare(float[] magnitudes, float[] phases, boolean[] shared, int frames, int known) {
        circular = false;
        fill(magnitudes, phases, frames, known, shared);
    }

    /**
     * Fills in the phases of a loop, whose first frame follows its last.
     *
     * @param magnitudes frame after frame, {@code bins} values each
     * @param phases in radians, all written
     */
    void integrateLoop(float[] magnitudes, float[] phases, int frames) {
        circular = true;
        fill(magnitudes, phases, frames, 0, null);
    }

    /**
     * The same of a loop.
     *
     * @param phases those of all channels together
     */
    void integrateLoopShare(float[] magnitudes, float[] phases, boolean[] shared, int frames) {
        circular = true;
        fill(magnitudes, phases, frames, 0, shared);
    }

    private void fill(float[] magnitudes, float[] phases, int frames, int known, boolean @Nullable [] shared) {
        this.frames = frames;
        int cells = frames * bins;
        if (!prepare(magnitudes, cells)) {
            Arrays.fill(phases, known * bins, cells, 0);
            return;
        }
        Arrays.fill(done, 0, cells, false);
        Arrays.fill(waiting, NONE);
        top = -1;
        for (int cell = known * bins; cell < cells; cell++) {
            if (logarithm[cell] <= floor) {
                done[cell] = true;
                phases[cell] = scattered(cell);
            }
        }
        for (int cell = 0; cell < known * bins; cell++) {
            done[cell] = true;
        }
        for (int cell = Math.max(0, known - 1) * bins; cell < known * bins; cell++) {
            if (logarithm[cell] > floor) {
                wait(cell);
            }
        }
        if (shared != null) {
            keep(shared, known * bins, cells);
        }
        drain(phases);
        seedIslands(phases, known * bins, cells);
    }

    /** Has the phases of some cells known, besides those before {@code from}. */
    private void keep(boolean[] shared, int from, int cells) {
        for (int cell = from; cell < cells; cell++) {
            if (!done[cell] && shared[cell]) {
                done[cell] = true;
                wait(cell);
            }
        }
    }

    private boolean prepare(float[] magnitudes, int cells) {
        float maximum = 0;
        for (int cell = 0; cell < cells; cell++) {
            maximum = Math.max(maximum, magnitudes[cell]);
        }
        if (maximum == 0) {
            return false;
        }
        // A floor well under the tolerance keeps the gradient finite next to empty cells.
        float least = maximum * TOLERANCE * 1e-2f;
        for (int cell = 0; cell < cells; cell++) {
            logarithm[cell] = (float) Math.log(Math.max(magnitudes[cell], least));
        }
        floor = (float) Math.log(maximum * TOLERANCE);
        bucketScale = (BUCKETS - 1) / ((float) Math.log(maximum) - floor);
        return true;
    }

    private int bucket(int cell) {
        int bucket = (int) ((logarithm[cell] - floor) * bucketScale);
        return Math.min(BUCKETS - 1, Math.max(0, bucket));
    }

    private void wait(int cell) {
        int bucket = bucket(cell);
        next[cell] = waiting[bucket];
        waiting[bucket] = cell;
        top = Math.max(top, bucket);
    }

    /** Starts anew from the strongest cell that nothing has led to, until there is none. */
    private void seedIslands(float[] phases, int from, int cells) {
        int unreached = sortUnreached(from, cells);
        for (int i = 0; i < unreached; i++) {
            int cell = order[i];
            if (!done[cell]) {
                phases[cell] = 0;
                done[cell] = true;
                wait(cell);
                drain(phases);
            }
        }
    }

    /** Puts the cells without a phase into {@code order}, by bucket, the strongest first; returns their number. */
    private int sortUnreached(int from, int cells) {
        Arrays.fill(position, 0);
        for (int cell = from; cell < cells; cell++) {
            if (!done[cell]) {
                position[bucket(cell)]++;
            }
        }
        int sum = 0;
        for (int bucket = BUCKETS - 1; bucket >= 0; bucket--) {
            int count = position[bucket];
            position[bucket] = sum;
            sum += count;
        }
        for (int cell = from; cell < cells; cell++) {
            if (!done[cell]) {
                order[position[bucket(cell)]++] = cell;
            }
        }
        return sum;
    }

    private void drain(float[] phases) {
        while (top >= 0) {
            int cell = waiting[top];
            if (cell == NONE) {
                top--;
                continue;
            }
            waiting[top] = next[cell];
            spread(cell, phases);
        }
    }

    private void spread(int cell, float[] phases) {
        int frame = cell / bins;
        int bin = cell - frame * bins;
        float phase = phases[cell];
        int after = after(cell, frame);
        if (!done[after]) {
            reach(after, phase + advance[bin] + 0.5f * (alongTime(cell, bin) + alongTime(after, bin)), phases);
        }
        int before = before(cell, frame);
        if (!done[before]) {
            reach(before, phase - advance[bin] - 0.5f * (alongTime(cell, bin) + alongTime(before, bin)), phases);
        }
        if (bin + 1 < bins && !done[cell + 1]) {
            reach(cell + 1, phase + 0.5f * (alongFrequency(cell, frame) + alongFrequency(cell + 1, frame)), phases);
        }
        if (bin > 0 && !done[cell - 1]) {
            reach(cell - 1, phase - 0.5f * (alongFrequency(cell, frame) + alongFrequency(cell - 1, frame)), phases);
        }
    }

    /** The same bin of the next frame; the cell itself where there is none. */
    private int after(int cell, int frame) {
        return frame + 1 < frames ? cell + bins : circular ? cell - frame * bins : cell;
    }

    /** The same bin of the frame before; the cell itself where there is none. */
    private int before(int cell, int frame) {
        return frame > 0 ? cell - bins : circular ? cell + (frames - 1) * bins : cell;
    }

    private void reach(int cell, float phase, float[] phases) {
        phases[cell] = phase - TWO_PI * Math.round(phase / TWO_PI);
        done[cell] = true;
        wait(cell);
    }

    /** Phase advance for one hop, beyond that of the bin's centre. */
    private float alongTime(int cell, int bin) {
        int above = bin + 1 < bins ? cell + 1 : cell;
        int below = bin > 0 ? cell - 1 : cell;
        return timeScale * (logarithm[above] - logarithm[below]);
    }

    /** Phase advance for one bin. */
    private float alongFrequency(int cell, int frame) {
        int after = after(cell, frame);
        int before = before(cell, frame);
        float scale = after == cell || before == cell ? 2 * frequencyScale : frequencyScale;
        return scale * (logarithm[after] - logarithm[before]);
    }

    /** A phase that looks random and is always the same for a cell. */
    private static float scattered(int cell) {
        int hash = cell * 0x9E3779B9;
        hash = (hash ^ (hash >>> 15)) * 0x85EBCA6B;
        return (hash ^ (hash >>> 13)) * (float) (Math.PI / (1L << 31));
    }
}
