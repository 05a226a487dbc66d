package org.riffloom.audio;

import java.util.Arrays;
import org.riffloom.spectrogram.MelFilterBank;

/**
 * Makes a signal whose mel spectrogram is the wanted one, from a first guess at its spectrum: the fast Griffin-Lim
 * algorithm of Perraudin, Balazs and Søndergaard (2013), with magnitudes that are refined along with the phases.
 *
 * <p>Classic Griffin-Lim holds the magnitudes of the bins fixed. Here only the mel magnitudes are known, and many
 * magnitudes of bins share them. So each iteration keeps what the signal itself has in its bins, and multiplies it by how
 * far its mel magnitudes are from the wanted ones, spread back over the bins.
 *
 * <p>One for each thread: the work space is reused.
 */
final class GriffinLimRefinement {

    /** What is known of the signal beforehand; imposed on it after each iteration. */
    @FunctionalInterface
    interface Constraint {

        /** Changes the signal's first {@code samples} samples to what they must be. */
        void impose(float[] signal, int samples);

        /** Adds up what lies in one place but came to be apart, before sums of frames are divided by those of windows. */
        default void gather(float[] sums, int samples) {}
    }

    /** Momentum 0.99 as a share of the last step that is taken away from this one. */
    private static final float MOMENTUM = 0.99f / 1.99f;

    private static final float MAX_RATIO = 4;
    /** Stands for silence where something is divided by a magnitude: far below one step of 24-bit samples. */
    private static final float LEAST_MEL = 1e-12f;

    private static final float LEAST_ENERGY = 1e-30f;
    /** Where windows hardly cover the signal, at its ends, it is not blown up by more than this share tells. */
    private static final float LEAST_COVER = 0.05f;

    private final ReconstructionGrid grid;
    private final MelFilterBank filters;
    private final int bins;
    private final InversionQuality quality;
    private final FrameBatch transform;
    private final float[] window;
    /** Spectra of the frames that are transformed at once. */
    private final float[][] real;

    private final float[][] imaginary;
    private final float[] magnitudes;
    private final float[] mel;
    private final float[] correction;
    private final float[][] previousReal;
    private final float[][] previousImaginary;
    private float[] signal;
    private float[] following;
    private final float[] inverseCover;

    GriffinLimRefinement(ReconstructionGrid grid, MelFilterBank filters, int maxFrames, InversionQuality quality) {
        this.grid = grid;
        this.quality = quality;
        this.filters = filters;
        this.bins = filters.bins();
        this.window = grid.hann();
        this.transform = new FrameBatch(grid.fftSize(), window, bins, grid.hop());
        this.real = new float[FrameBatch.FRAMES][bins];
        this.imaginary = new float[FrameBatch.FRAMES][bins];
        this.magnitudes = new float[bins];
        this.mel = new float[filters.bands()];
        this.correction = new float[bins];
        this.previousReal = new float[maxFrames][bins];
        this.previousImaginary = new float[maxFrames][bins];
        int samples = (maxFrames - 1) * grid.hop() + grid.window();
        this.signal = new float[samples];
        this.following = new float[samples];
        this.inverseCover = new float[samples];
    }

    /**
     * Refines from a guess.
     *
     * @param guess magnitudes of the bins, frame after frame
     * @param phases in radians, of the same shape
     * @param wanted mel magnitudes, frame after frame
     * @param frames how many
     * @param constraint on the signal
     * @return the signal: frame {@code t} is under the window that begins at {@code t · hop}. Valid until the next call.
     */
    float[] refine(float[] guess, float[] phases, float[] wanted, int frames, Constraint constraint) {
        int samples = (frames - 1) * grid.hop() + grid.window();
        cover(frames, samples, constraint);
        Arrays.fill(signal, 0, samples, 0);
        for (int first = 0; first < frames; first += FrameBatch.FRAMES) {
            int count = Math.min(FrameBatch.FRAMES, frames - first);
            for (int t = 0; t < count; t++) {
                fromPolar(guess, phases, (first + t) * bins, real[t], imaginary[t]);
            }
            transform.synthesize(real, imaginary, count, signal, first * grid.hop());
        }
        normalize(signal, samples, constraint);
        for (int iteration = 0; iteration < quality.iterations(); iteration++) {
            iterate(wanted, frames, iteration == 0 ? 0 : MOMENTUM);
            float[] swap = signal;
            signal = following;
            following = swap;
            normalize(signal, samples, constraint);
        }
        return signal;
    }

    /**
     * Refines the beginning of the last signal further, in place. What only frames behind it tell stays as it is.
     *
     * @param wanted as it was
     * @param frames how many of the first, fewer than there were
     * @param constraint as it was
     */
    void refineJoin(float[] wanted, int frames, Constraint constraint) {
        int samples = frames * grid.hop();
        for (int iteration = 0; iteration < quality.joinIterations(); iteration++) {
            iterate(wanted, frames, MOMENTUM);
            normalize(following, samples, constraint);
            System.arraycopy(following, 0, signal, 0, samples);
        }
    }

    /** Leaves the overlapped sum of the frames in {@code following}. */
    private void iterate(float[] wanted, int frames, float momentum) {
        Arrays.fill(following, 0, (frames - 1) * grid.hop() + grid.window(), 0);
        for (int first = 0; first < frames; first += FrameBatch.FRAMES) {
            int count = Math.min(FrameBatch.FRAMES, frames - first);
            transform.analyze(signal, first * grid.hop(), count, real, imaginary);
            for (int t = 0; t < count; t++) {
                corrections(wanted, first + t, real[t], imaginary[t]);
                step(real[t], imaginary[t], previousReal[first + t], previousImaginary[first + t], momentum);
            }
            transform.synthesize(real, imaginary, count, following, first * grid.hop());
        }
    }

    private void cover(int frames, int samples, Constraint constraint) {
        Arrays.fill(inverseCover, 0, samples, 0);
        for (int t = 0; t < frames; t++) {
            for (int i = 0; i < window.length; i++) {
                inverseCover[t * grid.hop() + i] += window[i] * window[i];
            }
        }
        constraint.gather(inverseCover, samples);
        float least = LEAST_COVER * 0.375f * window.length / grid.hop();
        for (int i = 0; i < samples; i++) {
            inverseCover[i] = 1 / Math.max(least, inverseCover[i]);
        }
    }

    private void normalize(float[] overlapped, int samples, Constraint constraint) {
        constraint.gather(overlapped, samples);
        for (int i = 0; i < samples; i++) {
            overlapped[i] *= inverseCover[i];
        }
        constraint.impose(overlapped, samples);
    }

    private void fromPolar(float[] guess, float[] phases, int from, float[] re, float[] im) {
        for (int m = 0; m < bins; m++) {
            float phase = phases[from + m];
            re[m] = guess[from + m] * (float) Math.cos(phase);
            im[m] = guess[from + m] * (float) Math.sin(phase);
        }
    }

    /** How much each bin lacks, from the wanted mel magnitudes and those of the spectrum; also leaves magnitudes. */
    private void corrections(float[] wanted, int frame, float[] re, float[] im) {
        for (int m = 0; m < bins; m++) {
            magnitudes[m] = (float) Math.sqrt(re[m] * re[m] + im[m] * im[m]);
        }
        filters.apply(magnitudes, mel, 0);
        int offset = frame * mel.length;
        for (int k = 0; k < mel.length; k++) {
            float ratio = Math.min(MAX_RATIO, wanted[offset + k] / Math.max(mel[k], LEAST_MEL));
            // Going half as far again as the ratio asks gets closer in as many iterations.
            mel[k] = ratio * (float) Math.sqrt(ratio);
        }
        filters.spread(mel, correction);
    }

    /** Moves a spectrum on: phases from beyond the last step, magnitudes by the ratios. */
    private void step(float[] re, float[] im, float[] lastRe, float[] lastIm, float momentum) {
        goBeyond(re, lastRe, momentum);
        goBeyond(im, lastIm, momentum);
        for (int m = 0; m < bins; m++) {
            float scale =
                    magnitudes[m] * correction[m] / (float) Math.sqrt(re[m] * re[m] + im[m] * im[m] + LEAST_ENERGY);
            re[m] *= scale;
            im[m] *= scale;
        }
    }

    private static void goBeyond(float[] part, float[] last, float momentum) {
        for (int m = 0; m < part.length; m++) {
            float now = part[m];
            part[m] = now - momentum * last[m];
            last[m] = now;
        }
    }
}
