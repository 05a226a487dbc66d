package org.riffloom.audio;

import java.util.Arrays;
import java.util.List;
import org.riffloom.spectrogram.InverseMel;
import org.riffloom.spectrogram.MelFilterBank;
import org.riffloom.spectrogram.MelSpectrogram;
import org.riffloom.spectrogram.SpectrogramParameters;

/**
 * Turns mel spectrograms into a sound that can be played again and again without a seam: {@code n} columns into exactly
 * {@code n} hops, with the centre of column 0 at the first sample, and the last column leading into the first.
 *
 * <p>Time is a circle all the way: for the phases that are integrated, for the frames that overlap, and for the resampler.
 * So no place is an end, and what is said of any column is true of those at the seam.
 *
 * <p>Used by one thread at a time. Memory grows with the loop, about 35 MB for a clip of 512 columns, and is given back.
 */
public final class LoopInverter {

    /** About two minutes in the default format, which take less than a gigabyte. */
    public static final int MAX_FRAMES = 24 * 512;

    private final SpectrogramParameters parameters;
    private final InversionQuality quality;
    private final ReconstructionGrid grid;
    private final MelFilterBank filters;
    private final InverseMel inverseMel;
    private final int bins;

    /**
     * @throws IllegalArgumentException if sound cannot be made from spectrograms with these parameters, or none that is
     *     whole samples long
     */
    public LoopInverter(SpectrogramParameters parameters, InversionQuality quality) {
        this.parameters = parameters;
        this.quality = quality;
        this.grid = ReconstructionGrid.of(parameters);
        if ((long) grid.hop() * parameters.sampleRate() != (long) parameters.hop() * grid.sampleRate()) {
            throw new IllegalArgumentException("A loop cannot be made of a spectrogram with a step of "
                    + parameters.stepMillis() + " ms: at " + parameters.sampleRate()
                    + " Hz that is not a whole number of samples.");
        }
        this.filters = grid.filters(parameters);
        this.inverseMel = new InverseMel(filters);
        this.bins = filters.bins();
    }

    /**
     * Makes the sound, as loud as the spectrograms say.
     *
     * @param pieces that follow each other, the first after the last
     * @throws IllegalArgumentException if there is none, if their parameters are not those of the inverter, or if they
     *     have more than {@value #MAX_FRAMES} columns in all
     */
    public Waveform invert(List<MelSpectrogram> pieces) {
        long frames = pieces.stream().mapToLong(MelSpectrogram::frames).sum();
        if (frames < 1 || frames > MAX_FRAMES) {
            throw new IllegalArgumentException(
                    "A loop has 1 to " + MAX_FRAMES + " columns; " + frames + " are not possible.");
        }
        for (MelSpectrogram piece : pieces) {
            if (!piece.parameters().equals(parameters)) {
                throw new IllegalArgumentException(
                        "A loop of " + parameters + " cannot hold a spectrogram of " + piece.parameters() + ".");
            }
        }
        PolyphaseFilter filter = PolyphaseFilter.between(grid.sampleRate(), parameters.sampleRate());
        float[][] wanted = new float[parameters.channels()][];
        for (int c = 0; c < wanted.length; c++) {
            wanted[c] = wanted(pieces, c);
        }
        float[][] sound = new float[wanted.length][];
        make(wanted, (int) frames, (channel, period) -> sound[channel] = resampled(period, (int) frames, filter));
        return new Waveform(parameters.sampleRate(), sound);
    }

    /**
     * The mel magnitudes of one channel on the grid, blended where pieces meet. They begin in the middle of the loop: what
     * is an end of the array is then no place where pieces meet.
     */
    private float[] wanted(List<MelSpectrogram> pieces, int channel) {
        int bands = parameters.bands();
        int frames = pieces.stream().mapToInt(MelSpectrogram::frames).sum();
        float[] all = new float[frames * bands];
        int at = 0;
        for (MelSpectrogram piece : pieces) {
            System.arraycopy(piece.magnitudes()[channel], 0, all, at, piece.frames() * bands);
            at += piece.frames() * bands;
        }
        JoinBlend blend = new JoinBlend(grid, bands);
        int join = 0;
        for (MelSpectrogram piece : pieces.subList(0, pieces.size() - 1)) {
            join += piece.frames();
            blend.apply(all, join, frames);
        }
        float scale = (float) grid.melScale(parameters);
        float[] rotated = new float[all.length];
        int middle = middle(frames) * bands;
        for (int i = 0; i < all.length; i++) {
            rotated[i] = all[(i + middle) % all.length] * scale;
        }
        blend.apply(rotated, frames - middle(frames), frames);
        return rotated;
    }

    private static int middle(int frames) {
        return frames / 2;
    }

    /** Takes one period of a channel on the grid, from the middle of the loop on, which is valid until the next. */
    @FunctionalInterface
    private interface Taker {

        void take(int channel, float[] period);
    }

    /** Makes all channels; frame t is centred half a window after t hops. */
    private void make(float[][] wanted, int frames, Taker taker) {
        float[][] magnitudes = new float[wanted.length][];
        for (int c = 0; c < wanted.length; c++) {
            magnitudes[c] = magnitudes(wanted[c], frames);
        }
        float[] together = magnitudes[0];
        if (wanted.length > 1) {
            together = new float[frames * bins];
            PhasePlan.together(magnitudes, together, together.length);
        }
        PhaseGradientIntegration phaseGradient = new PhaseGradientIntegration(grid, bins, frames);
        float[] phases = new float[frames * bins];
        phaseGradient.integrateLoop(together, phases, frames);
        SharedCells sharedCells = new SharedCells(bins, grid.reach(), frames);
        GriffinLimRefinement refinement = new GriffinLimRefinement(grid, filters, frames, quality);
        Circle circle = new Circle(frames * grid.hop());
        for (int c = 0; c < wanted.length; c++) {
            float[] own = phases;
            if (wanted.length > 1) {
                own = phases.clone();
                boolean[] shared = sharedCells.find(magnitudes[c], together, frames);
                phaseGradient.integrateLoopShare(magnitudes[c], own, shared, frames);
            }
            taker.take(c, refinement.refine(magnitudes[c], own, wanted[c], frames, circle));
        }
    }

    private float[] magnitudes(float[] wanted, int frames) {
        float[] magnitudes = new float[frames * bins];
        float[] frame = new float[bins];
        for (int t = 0; t < frames; t++) {
            inverseMel.solve(wanted, t * parameters.bands(), frame);
            System.arraycopy(frame, 0, magnitudes, t * bins, bins);
        }
        return magnitudes;
    }

    /** What lies beyond a period is its beginning again. */
    private record Circle(int period) implements GriffinLimRefinement.Constraint {

        @Override
        public void gather(float[] sums, int samples) {
            for (int i = samples - 1; i >= period; i--) {
                sums[i - period] += sums[i];
            }
            impose(sums, samples);
        }

        @Override
        public void impose(float[] signal, int samples) {
            for (int i = period; i < samples; i++) {
                signal[i] = signal[i - period];
            }
        }
    }

    /** From the centre of column 0 on. */
    private float[] resampled(float[] signal, int frames, PolyphaseFilter filter) {
        Resampler resampler = new Resampler(filter);
        int period = frames * grid.hop();
        int margin = resampler.lookAhead() / grid.hop() + 1;
        int columnZero = (frames - middle(frames)) * grid.hop() + grid.window() / 2;
        float[] around = new float[period + 2 * margin * grid.hop()];
        for (int i = 0; i < around.length; i++) {
            around[i] = signal[Math.floorMod(columnZero + i - margin * grid.hop(), period)];
        }
        resampler.write(around, 0, around.length);
        float[] sound = new float[(margin + frames) * parameters.hop()];
        resampler.read(sound, 0, sound.length);
        return Arrays.copyOfRange(sound, margin * parameters.hop(), sound.length);
    }
}
