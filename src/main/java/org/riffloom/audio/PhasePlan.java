package org.riffloom.audio;

import java.util.Arrays;

/**
 * The phases that the channels of a stream begin with, each to be refined by itself then.
 *
 * <p>Pictures say nothing of what lies between two channels. Phases of their own would put a source that both channels
 * have, one louder than the other, everywhere and nowhere, and would cancel parts of it when the channels are mixed. So they
 * are integrated over the energy of all channels, and a channel keeps those wherever it has the same source as all have:
 * that stays in phase. Where a channel has something of its own, its phases grow out of what it shares, by its own magnitudes.
 *
 * <p>One for each stream; constant memory.
 */
final class PhasePlan {

    private final ReconstructionGrid grid;
    private final int bins;
    private final PhaseGradientIntegration phaseGradient;
    private final SharedCells sharedCells;
    private final ShortTimeFourierTransform transform;
    private final float[] spectrum;
    private final float[] phases;
    private final float[] own;
    private final float[] mixedMagnitudes;
    private final float[] mixedSamples;
    private float[] together;

    /**
     * @param channels of the stream; for a single one there is less to remember
     * @param bins of a frame
     * @param maxFrames the most frames of one piece, with its context
     * @param slack of the channels' inverters
     */
    PhasePlan(ReconstructionGrid grid, int channels, int bins, int maxFrames, int slack) {
        this.grid = grid;
        this.bins = bins;
        this.phaseGradient = new PhaseGradientIntegration(grid, bins, maxFrames);
        int mixedFrames = channels > 1 ? maxFrames : 0;
        this.sharedCells = new SharedCells(bins, grid.reach(), mixedFrames);
        this.transform = new ShortTimeFourierTransform(grid.fftSize(), grid.hann(), bins);
        this.spectrum = new float[2 * bins];
        this.phases = new float[maxFrames * bins];
        this.own = new float[mixedFrames * bins];
        this.together = phases;
        this.mixedMagnitudes = new float[mixedFrames * bins];
        this.mixedSamples = new float[ChannelInverter.context(grid) * grid.hop() + slack];
    }

    /** Plans the piece that all channels have taken, growing out of the samples that are fixed. */
    void make(ChannelInverter... channels) {
        int frames = channels[0].frames();
        int known = knownPhases(samples(channels), channels[0].committedSamples(), phases);
        together = magnitudes(channels, frames);
        phaseGradient.integrate(together, phases, frames, known);
    }

    /**
     * A channel's phases.
     *
     * @return of the shape of its magnitudes; valid until the next call
     */
    float[] of(ChannelInverter channel) {
        if (together == channel.magnitudes()) {
            return phases;
        }
        int frames = channel.frames();
        System.arraycopy(phases, 0, own, 0, frames * bins);
        int known = knownPhases(channel.committed(), channel.committedSamples(), own);
        boolean[] shared = sharedCells.find(channel.magnitudes(), together, frames);
        phaseGradient.integrateShare(channel.magnitudes(), own, shared, frames, known);
        return own;
    }

    private float[] samples(ChannelInverter... channels) {
        if (channels.length == 1) {
            return channels[0].committed();
        }
        for (int i = 0; i < channels[0].committedSamples(); i++) {
            float sum = 0;
            for (ChannelInverter channel : channels) {
                sum += channel.committed()[i];
            }
            mixedSamples[i] = sum;
        }
        return mixedSamples;
    }

    private float[] magnitudes(ChannelInverter[] channels, int frames) {
        if (channels.length == 1) {
            return channels[0].magnitudes();
        }
        float[][] all = Arrays.stream(channels).map(ChannelInverter::magnitudes).toArray(float[][]::new);
        together(all, mixedMagnitudes, frames * bins);
        return mixedMagnitudes;
    }

    /** The energy of all channels, as a magnitude. */
    static void together(float[][] channels, float[] magnitudes, int cells) {
        for (int i = 0; i < cells; i++) {
            float sum = 0;
            for (float[] channel : channels) {
                sum += channel[i] * channel[i];
            }
            magnitudes[i] = (float) Math.sqrt(sum);
        }
    }

    /** Phases of those frames that lie in fixed samples alone; returns how many. */
    private int knownPhases(float[] committed, int committedSamples, float[] into) {
        if (committedSamples < grid.window()) {
            return 0;
        }
        int known = (committedSamples - grid.window()) / grid.hop() + 1;
        for (int t = 0; t < known; t++) {
            transform.analyze(committed, t * grid.hop(), spectrum);
            for (int m = 0; m < bins; m++) {
                into[t * bins + m] = (float) Math.atan2(spectrum[2 * m + 1], spectrum[2 * m]);
            }
        }
        return known;
    }
}
