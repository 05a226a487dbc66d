package org.riffloom.audio;

import org.riffloom.spectrogram.InverseMel;
import org.riffloom.spectrogram.MelFilterBank;
import org.riffloom.spectrogram.MelSpectrogram;
import org.riffloom.spectrogram.SpectrogramParameters;

/**
 * Turns a mel spectrogram into a loop: {@code n} columns into exactly {@code n} hops whose last sample leads into the
 * first, so that it can be repeated for ever.
 *
 * <p>Time is a circle here. Every iteration of the reconstruction is told that the signal has the loop's period, and the
 * frames whose windows lie across its ends see the end and the beginning as neighbours; nothing is cross-faded. Where the
 * last column and the first differ by more than columns do, they are blended as at a join of a stream.
 *
 * <p>Used by one thread at a time.
 */
public final class LoopInverter {

    private final SpectrogramParameters parameters;
    private final InversionQuality quality;
    private final ReconstructionGrid grid;
    private final MelFilterBank filters;
    private final int bands;
    private final int bins;
    /** Last frames of the loop that come once more before the first: all those whose windows reach its samples. */
    private final int halo;

    /** @throws IllegalArgumentException if sound cannot be made from spectrograms with these parameters */
    public LoopInverter(SpectrogramParameters parameters, InversionQuality quality) {
        this.parameters = parameters;
        this.quality = quality;
        this.grid = ReconstructionGrid.of(parameters);
        this.filters = grid.filters(parameters);
        this.bands = parameters.bands();
        this.bins = filters.bins();
        this.halo = 2 * grid.reach();
    }

    /**
     * Makes the loop, as loud as the spectrogram says.
     *
     * @throws IllegalArgumentException if the spectrogram's parameters are not those of the inverter, or it is shorter
     *     than a window
     */
    public Waveform invert(MelSpectrogram spectrogram) {
        if (!spectrogram.parameters().equals(parameters)) {
            throw new IllegalArgumentException("A loop of " + parameters + " cannot be made of a spectrogram with "
                    + spectrogram.parameters() + ".");
        }
        if (spectrogram.frames() < halo) {
            throw new IllegalArgumentException("A loop needs " + halo + " columns at least, and the spectrogram has "
                    + spectrogram.frames() + ".");
        }
        float[][] sound = new float[parameters.channels()][];
        for (int c = 0; c < sound.length; c++) {
            sound[c] = resampled(period(spectrogram.magnitudes()[c], spectrogram.frames()));
        }
        return new Waveform(parameters.sampleRate(), sound);
    }

    /** One period on the grid, from the centre of the first frame on. */
    private float[] period(float[] mel, int frames) {
        int all = halo + frames;
        float[] target = target(mel, frames);
        float[] magnitudes = new float[all * bins];
        float[] frame = new float[bins];
        InverseMel inverseMel = new InverseMel(filters);
        for (int t = 0; t < all; t++) {
            inverseMel.solve(target, t * bands, frame);
            System.arraycopy(frame, 0, magnitudes, t * bins, bins);
        }
        float[] phases = new float[all * bins];
        new PhaseGradientIntegration(grid, bins, all).integrate(magnitudes, phases, all, 0);
        int period = frames * grid.hop();
        int first = halo * grid.hop();
        GriffinLimRefinement refinement = new GriffinLimRefinement(grid, filters, all, quality);
        float[] signal =
                refinement.refine(magnitudes, phases, target, all, (s, samples) -> repeat(s, samples, first, period));
        float[] sound = new float[period];
        // Frame `halo` is the loop's first; its centre is half a window after its first sample.
        for (int i = 0; i < period; i++) {
            sound[i] = signal[first + (grid.window() / 2 + i) % period];
        }
        return sound;
    }

    private float[] target(float[] mel, int frames) {
        float scale = (float) grid.melScale(parameters);
        float[] target = new float[(halo + frames) * bands];
        for (int i = 0; i < frames * bands; i++) {
            target[halo * bands + i] = mel[i] * scale;
        }
        System.arraycopy(target, frames * bands, target, 0, halo * bands);
        new JoinBlend(grid, bands).apply(target, halo, halo + frames);
        System.arraycopy(target, 0, target, frames * bands, halo * bands);
        return target;
    }

    /** Only from {@code first} on, for one period, do all frames that reach a sample take part in it. */
    private static void repeat(float[] signal, int samples, int first, int period) {
        for (int i = 0; i < samples; i++) {
            if (i < first || i >= first + period) {
                signal[i] = signal[first + Math.floorMod(i - first, period)];
            }
        }
    }

    private float[] resampled(float[] period) {
        PolyphaseFilter filter = PolyphaseFilter.between(grid.sampleRate(), parameters.sampleRate());
        Resampler resampler = new Resampler(filter);
        int length = Math.toIntExact((long) period.length * parameters.sampleRate() / grid.sampleRate());
        // Round once before, so that the filter does not begin in silence.
        float[] before = new float[length];
        resampler.write(period, 0, period.length);
        resampler.write(period, 0, period.length);
        resampler.write(period, 0, Math.min(period.length, resampler.lookAhead() + 1));
        resampler.read(before, 0, length);
        float[] sound = new float[length];
        resampler.read(sound, 0, length);
        return sound;
    }
}
