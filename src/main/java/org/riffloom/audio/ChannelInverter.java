package org.riffloom.audio;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.riffloom.spectrogram.InverseMel;
import org.riffloom.spectrogram.MelFilterBank;
import org.riffloom.spectrogram.SpectrogramParameters;

/**
 * One channel of a stream, on the reconstruction grid: takes mel frames, gives samples, and makes each piece continue
 * the last one.
 *
 * <p>The signal begins half a window before the centre of the first frame. Of what was made, the last half window is
 * held back, since frames to come still reach into it; the rest is committed. The next piece is reconstructed together
 * with a few of the last frames (16 in the default format), whose committed samples stay as they are.
 *
 * <p>One for each stream and thread; constant memory.
 */
final class ChannelInverter {

    private final ReconstructionGrid grid;
    private final int bands;
    private final int bins;
    private final int maxContext;
    private final int slack;
    private final float melScale;
    private final JoinBlend joinBlend;
    private final InverseMel inverseMel;
    private final GriffinLimRefinement refinement;

    private final float[] target;
    private final float[] frame;
    private final float[] magnitudes;
    private final float[] committed;
    private final float[] held;
    /** Frames of the last piece that the next one is reconstructed with, at most {@code maxContext}. */
    private int context;

    private int committedSamples;
    /** Frames of the piece in hand, with the context. */
    private int all;

    /**
     * @param maxFrames the most frames of one piece
     * @param slack samples that are committed beyond the last that every frame is known of. The frames to come have
     *     next to no weight there, and whoever filters the samples can use them to look ahead.
     */
    ChannelInverter(
            SpectrogramParameters parameters,
            ReconstructionGrid grid,
            InversionQuality quality,
            int maxFrames,
            int slack) {
        this.grid = grid;
        this.bands = parameters.bands();
        this.maxContext = context(grid);
        this.slack = slack;
        this.melScale = (float) grid.melScale(parameters);
        MelFilterBank filters = grid.filters(parameters);
        this.bins = filters.bins();
        int frames = maxContext + maxFrames;
        this.joinBlend = new JoinBlend(grid, bands);
        this.inverseMel = new InverseMel(filters);
        this.refinement = new GriffinLimRefinement(grid, filters, frames, quality);
        this.target = new float[frames * bands];
        this.frame = new float[bins];
        this.magnitudes = new float[frames * bins];
        this.committed = new float[maxContext * grid.hop() + slack];
        this.held = new float[grid.window() / 2 - slack];
    }

    /** Frames that a piece is made with beside its own: enough for some that lie in samples which are fixed. */
    static int context(ReconstructionGrid grid) {
        return 3 * grid.reach() + 1;
    }

    /**
     * Takes the next piece: what it wants, with the context before it, and a first guess at its magnitudes.
     *
     * @param mel magnitudes of the format, frame after frame, from frame {@code first} on
     * @param frames how many, at most the maximum
     */
    void take(float[] mel, int first, int frames) {
        all = context + frames;
        for (int i = 0; i < frames * bands; i++) {
            target[context * bands + i] = mel[first * bands + i] * melScale;
        }
        joinBlend.apply(target, context, all);
        for (int t = 0; t < all; t++) {
            inverseMel.solve(target, t * bands, frame);
            System.arraycopy(frame, 0, magnitudes, t * bins, bins);
        }
    }

    /** Frames that the next piece will be reconstructed with; 0 at the beginning of a stream. */
    int context() {
        return context;
    }

    /** Saves what the next piece continues. */
    void write(DataOutput out) throws IOException {
        StateNumbers.write(out, target, context * bands);
        StateNumbers.write(out, committed, committedSamples);
        StateNumbers.write(out, held, held.length);
    }

    /**
     * Continues what was saved.
     *
     * @param frames that it had as its context
     * @throws IOException if it is damaged; it needs a reset then
     */
    void read(DataInput in, int frames) throws IOException {
        context = frames;
        committedSamples = frames * grid.hop() + slack;
        StateNumbers.read(in, target, frames * bands, 0, StateNumbers.MAX);
        StateNumbers.read(in, committed, committedSamples, -StateNumbers.MAX, StateNumbers.MAX);
        StateNumbers.read(in, held, held.length, -StateNumbers.MAX, StateNumbers.MAX);
    }

    /** Of a frame. */
    int bins() {
        return bins;
    }

    /** Frames of the piece, with those before it. */
    int frames() {
        return all;
    }

    /** Magnitudes of the bins of those frames, frame after frame, as they are guessed. */
    float[] magnitudes() {
        return magnitudes;
    }

    /** Samples from the first of those frames on that are fixed, how many {@link #committedSamples} says. */
    float[] committed() {
        return committed;
    }

    int committedSamples() {
        return committedSamples;
    }

    /**
     * Makes the piece.
     *
     * @param phases to begin with, of the same shape as the magnitudes
     * @param samples receives {@code frames · hop} samples, and {@code slack} more the first time
     * @return how many
     */
    int make(float[] phases, float[] samples) {
        GriffinLimRefinement.Constraint fixed =
                (made, length) -> System.arraycopy(committed, 0, made, 0, committedSamples);
        float[] signal = refinement.refine(magnitudes, phases, target, all, fixed);
        if (context == 0) {
            fadeIn(signal);
        } else if (context + maxContext < all) {
            refinement.refineJoin(target, context + maxContext, fixed);
        }
        int count = all * grid.hop() + slack - committedSamples;
        System.arraycopy(signal, committedSamples, samples, 0, count);
        remember(signal, all);
        return count;
    }

    /** Half a window before the first frame's centre nothing is known but that frame; it rises from silence. */
    private void fadeIn(float[] signal) {
        int length = grid.window() / 2;
        for (int i = 0; i < length; i++) {
            signal[i] *= (float) (0.5 - 0.5 * Math.cos(Math.PI * i / length));
        }
    }

    private void remember(float[] signal, int frames) {
        int kept = Math.min(maxContext, frames);
        int first = frames - kept;
        System.arraycopy(target, first * bands, target, 0, kept * bands);
        committedSamples = kept * grid.hop() + slack;
        System.arraycopy(signal, first * grid.hop(), committed, 0, committedSamples);
        System.arraycopy(signal, frames * grid.hop() + slack, held, 0, held.length);
        context = kept;
    }

    /** The samples held back, half a window less the slack: what the stream ends with if nothing follows. */
    float[] held() {
        return held;
    }

    /** Forgets the stream; the next piece begins another. */
    void reset() {
        context = 0;
        committedSamples = 0;
        Arrays.fill(held, 0);
    }
}
