package org.riffloom.audio;

import java.io.IOException;
import java.util.Arrays;
import org.riffloom.spectrogram.MelSpectrogram;
import org.riffloom.spectrogram.SpectrogramParameters;

/**
 * Turns a sound that comes in pieces into columns, the same as a {@link SpectrogramAnalyzer} gives of all of it, and hands
 * them on as soon as nothing to come can change them.
 *
 * <p>One for each sound, used by one thread at a time; constant memory.
 */
public final class StreamingAnalyzer implements SoundSink {

    /** Takes columns as they come. */
    @FunctionalInterface
    public interface Taker {

        /**
         * Takes the next ones.
         *
         * @throws IOException to analyse no further
         */
        void take(MelSpectrogram columns) throws IOException;
    }

    private final SpectrogramParameters parameters;
    private final Taker taker;
    private final SpectrogramAnalyzer analyzer;
    private final int half;
    /** Samples at the format's rate; the first of them is {@code origin}, counted with what is mirrored before the sound. */
    private float[][] samples = new float[0][];

    private int filled;
    private long origin;
    private RateChange rateChange;
    private long length;
    private long columns;

    /** @param taker of columns with these parameters */
    public StreamingAnalyzer(SpectrogramParameters parameters, Taker taker) {
        this.parameters = parameters;
        this.taker = taker;
        this.analyzer = new SpectrogramAnalyzer(parameters);
        this.half = parameters.window() / 2;
        this.rateChange = new RateChange(parameters.sampleRate(), parameters.sampleRate(), parameters.channels());
    }

    @Override
    public void begin(int sampleRate, int channels, long told) {
        rateChange = new RateChange(sampleRate, parameters.sampleRate(), parameters.channels());
        samples = new float[parameters.channels()][4 * parameters.window()];
    }

    @Override
    public void write(float[][] sound, int from, int to) throws IOException {
        // Mixed like a whole sound, at a rate that does not matter here.
        Waveform piece = new Waveform(1, sound).slice(from, to).withChannels(parameters.channels());
        append(rateChange.next(piece));
        analyze(origin + filled);
    }

    private void append(Waveform piece) {
        int before = length == 0 ? half : 0;
        int count = piece.length();
        if (count == 0) {
            return;
        }
        for (int c = 0; c < samples.length; c++) {
            if (filled + before + count > samples[c].length) {
                samples[c] = Arrays.copyOf(samples[c], filled + before + count);
            }
            for (int i = 0; i < count; i++) {
                samples[c][filled + before + i] = piece.channels()[c][i] * SpectrogramAnalyzer.FULL_SCALE;
            }
        }
        filled += before + count;
        length += count;
    }

    /**
     * Makes those columns whose samples there are.
     *
     * @param end of what is there, counted like {@code origin}
     */
    private void analyze(long end) throws IOException {
        int hop = parameters.hop();
        if (columns == 0) {
            if (length <= half) {
                return;
            }
            mirrorBeginning();
        }
        int count = (int) Math.max(0, (end - parameters.window() - columns * hop) / hop + 1);
        if (count == 0 || end < parameters.window() + columns * hop) {
            return;
        }
        float[][] mel = new float[samples.length][count * parameters.bands()];
        for (int c = 0; c < mel.length; c++) {
            for (int t = 0; t < count; t++) {
                analyzer.analyze(samples[c], (int) ((columns + t) * hop - origin), mel[c], t * parameters.bands());
            }
        }
        columns += count;
        discard();
        taker.take(new MelSpectrogram(parameters, count, mel));
    }

    private void mirrorBeginning() {
        for (float[] channel : samples) {
            for (int i = 1; i <= half; i++) {
                channel[half - i] = channel[half + i];
            }
        }
    }

    /** Keeps what the next column needs, and as much before it as the end may have to mirror. */
    private void discard() {
        int count = (int) Math.max(0, (columns - 2) * parameters.hop() - origin);
        for (float[] channel : samples) {
            System.arraycopy(channel, count, channel, 0, filled - count);
        }
        filled -= count;
        origin += count;
    }

    /**
     * Ends the sound, and makes its last columns.
     *
     * @return samples of the whole sound, at the format's rate; {@code 1 + samples / hop} columns have been handed on
     * @throws IllegalArgumentException if the sound is not longer than half a window
     */
    public long finish() throws IOException {
        append(rateChange.end());
        if (length <= half) {
            throw SpectrogramAnalyzer.tooShort(length, half);
        }
        // An odd window reaches one sample further, where there is none.
        int after = parameters.window() - half;
        if (columns == 0) {
            mirrorBeginning();
        }
        for (int c = 0; c < samples.length; c++) {
            samples[c] = Arrays.copyOf(samples[c], filled + after);
            for (int i = 0; i < half; i++) {
                samples[c][filled + i] = samples[c][filled - 2 - i];
            }
        }
        long all = 1 + length / parameters.hop();
        analyze(Math.min(origin + filled + after, (all - 1) * parameters.hop() + parameters.window()));
        return length;
    }
}
