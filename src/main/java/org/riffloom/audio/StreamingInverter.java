package org.riffloom.audio;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.IntConsumer;
import org.riffloom.spectrogram.MelSpectrogram;
import org.riffloom.spectrogram.SpectrogramParameters;

/**
 * Turns mel spectrograms into one endless sound. Each piece that is appended continues the last: a piece of {@code n}
 * columns gives exactly {@code n} hops of sound, and pieces laid end to end have no seam.
 *
 * <p>What is near the end of a piece depends on what follows, so half a window is held back: column 0 of the first piece
 * sounds that long ({@link #delay()}, 50 ms in the default format) after the first sample of the stream, and so on for
 * every column.
 *
 * <p>One for each stream, used by one thread at a time; constant memory, about 20 MB and 20 more for each channel.
 */
public final class StreamingInverter {

    /** Columns that are reconstructed at once; longer pieces are taken in parts of this many. */
    static final int MAX_FRAMES = 512;

    private final SpectrogramParameters parameters;
    private final ReconstructionGrid grid;
    private final ChannelInverter[] channels;
    private final PhasePlan plan;
    private final Resampler[] resamplers;
    private final float[] samples;

    /**
     * With the usual quality.
     *
     * @throws IllegalArgumentException if sound cannot be made from spectrograms with these parameters
     */
    public StreamingInverter(SpectrogramParameters parameters) {
        this(parameters, InversionQuality.STANDARD);
    }

    /** @throws IllegalArgumentException if sound cannot be made from spectrograms with these parameters */
    public StreamingInverter(SpectrogramParameters parameters, InversionQuality quality) {
        this.parameters = parameters;
        this.grid = ReconstructionGrid.of(parameters);
        PolyphaseFilter filter = PolyphaseFilter.between(grid.sampleRate(), parameters.sampleRate());
        this.channels = new ChannelInverter[parameters.channels()];
        this.resamplers = new Resampler[channels.length];
        int slack = filter.taps() / 2 + 1;
        for (int c = 0; c < channels.length; c++) {
            resamplers[c] = new Resampler(filter);
            channels[c] = new ChannelInverter(parameters, grid, quality, MAX_FRAMES, slack);
        }
        int frames = ChannelInverter.context(grid) + MAX_FRAMES;
        this.plan = new PhasePlan(grid, channels.length, channels[0].bins(), frames, slack);
        this.samples = new float[MAX_FRAMES * grid.hop() + grid.window()];
    }

    /** Samples from the start of the stream to the centre of the first column. */
    public int delay() {
        return (int) Math.round((double) grid.window() / 2 * parameters.sampleRate() / grid.sampleRate());
    }

    /**
     * Continues the stream.
     *
     * @return as many hops of sound as the piece has columns
     * @throws IllegalArgumentException if the piece's parameters are not those of the stream
     */
    public Waveform append(MelSpectrogram piece) {
        return append(piece, columns -> {});
    }

    /** The same for a piece that may take long; {@code progress} is told how many columns are done, each few seconds of sound. */
    Waveform append(MelSpectrogram piece, IntConsumer progress) {
        if (!piece.parameters().equals(parameters)) {
            throw new IllegalArgumentException(
                    "A stream of " + parameters + " cannot go on with a spectrogram of " + piece.parameters() + ".");
        }
        float[][] sound = new float[channels.length][piece.frames() * parameters.hop()];
        for (int first = 0; first < piece.frames(); first += MAX_FRAMES) {
            int frames = Math.min(MAX_FRAMES, piece.frames() - first);
            for (int c = 0; c < channels.length; c++) {
                channels[c].take(piece.magnitudes()[c], first, frames);
            }
            plan.make(channels);
            for (int c = 0; c < channels.length; c++) {
                int count = channels[c].make(plan.of(channels[c]), samples);
                resamplers[c].write(samples, 0, count);
                resamplers[c].read(sound[c], first * parameters.hop(), frames * parameters.hop());
            }
            progress.accept(first + frames);
        }
        return new Waveform(parameters.sampleRate(), sound);
    }

    /**
     * Saves what the next piece continues: in the default format 52 kB, at the beginning of a stream next to nothing. The
     * quality does not belong to it.
     *
     * @throws IOException if {@code out} throws it
     */
    public void write(DataOutput out) throws IOException {
        out.writeUTF(parameters.toString());
        int frames = channels[0].context();
        out.writeInt(frames);
        if (frames > 0) {
            for (int c = 0; c < channels.length; c++) {
                channels[c].write(out);
                resamplers[c].write(out);
            }
        }
    }

    /**
     * Continues what was saved: with the same quality, to the bit.
     *
     * @throws IOException if that is damaged or of another format; {@link #reset} is needed then
     */
    public void read(DataInput in) throws IOException {
        reset();
        String format = in.readUTF();
        if (!format.equals(parameters.toString())) {
            throw new IOException("A stream of " + format + " was saved; this one is of " + parameters + ".");
        }
        int frames = StateNumbers.readInt(in, 0, ChannelInverter.context(grid));
        if (frames > 0) {
            for (int c = 0; c < channels.length; c++) {
                channels[c].read(in, frames);
                resamplers[c].read(in);
            }
        }
    }

    /** Ends the stream: the {@link #delay()} samples that were held back. What is appended next begins another. */
    public Waveform finish() {
        float[][] sound = new float[channels.length][delay()];
        for (int c = 0; c < channels.length; c++) {
            float[] held = channels[c].held();
            resamplers[c].write(held, 0, held.length);
            float[] silence = new float[resamplers[c].lookAhead() + 1];
            resamplers[c].write(silence, 0, silence.length);
            resamplers[c].read(sound[c], 0, delay());
        }
        reset();
        return new Waveform(parameters.sampleRate(), sound);
    }

    /** Forgets the stream; what is appended next begins another. */
    public void reset() {
        for (int c = 0; c < channels.length; c++) {
            channels[c].reset();
            resamplers[c].reset();
        }
    }
}
