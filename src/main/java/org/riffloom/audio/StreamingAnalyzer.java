package org.riffloom.audio;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
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
    private final Channel[] channels;
    private RateChange rateChange;
    private long length;
    private long columns;

    /** @param taker of columns with these parameters */
    public StreamingAnalyzer(SpectrogramParameters parameters, Taker taker) {
        this.parameters = parameters;
        this.taker = taker;
        this.analyzer = new SpectrogramAnalyzer(parameters);
        this.channels = new Channel[parameters.channels()];
        Arrays.setAll(channels, c -> new Channel());
        this.rateChange = new RateChange(parameters.sampleRate(), parameters.sampleRate(), parameters.channels());
    }

    @Override
    public void begin(int sampleRate, int count, long told) {
        rateChange = new RateChange(sampleRate, parameters.sampleRate(), parameters.channels());
    }

    @Override
    public void write(float[][] sound, int from, int to) throws IOException {
        // Mixed like a whole sound, at a rate that does not matter here.
        Waveform piece = new Waveform(1, sound).slice(from, to).withChannels(parameters.channels());
        append(rateChange.next(piece));
        analyze(Long.MAX_VALUE);
    }

    /**
     * Ends the sound, and makes its last columns.
     *
     * @return samples of the whole sound, at the format's rate; {@code 1 + samples / hop} columns have been handed on
     * @throws IllegalArgumentException if the sound is not longer than half a window
     */
    public long finish() throws IOException {
        append(rateChange.end());
        if (length < channels[0].latest.length) {
            taker.take(analyzer.analyze(new Waveform(
                    parameters.sampleRate(),
                    Arrays.stream(channels)
                            .map(channel -> Arrays.copyOf(channel.latest, (int) length))
                            .toArray(float[][]::new))));
            return length;
        }
        for (Channel channel : channels) {
            channel.end();
        }
        analyze(1 + length / parameters.hop());
        return length;
    }

    private void append(Waveform piece) {
        for (int c = 0; c < channels.length; c++) {
            channels[c].append(piece.channels()[c]);
        }
        length += piece.length();
    }

    /** Makes those columns whose samples there are, up to a number of all. */
    private void analyze(long most) throws IOException {
        int hop = analyzer.hop();
        long next = analyzer.lead() + columns * hop;
        long end = channels[0].discarded + channels[0].filled;
        if (end < next + analyzer.window()) {
            return;
        }
        int count = (int) Math.min(most - columns, (end - next - analyzer.window()) / hop + 1);
        if (count == 0) {
            return;
        }
        float[][] mel = new float[channels.length][count * parameters.bands()];
        for (int c = 0; c < mel.length; c++) {
            Channel channel = channels[c];
            for (int t = 0; t < count; t++) {
                int at = (int) (next - channel.discarded) + t * hop;
                analyzer.analyze(channel.samples, at, mel[c], t * parameters.bands());
            }
            channel.discard(next + (long) count * hop);
        }
        columns += count;
        taker.take(new MelSpectrogram(parameters, count, mel));
    }

    /** A channel of the sound on its way to the rate of the analysis, mirrored at its ends. */
    private final class Channel {

        private final @Nullable Resampler resampler;
        /** At the format's rate: the first samples until these are full, and from then on the last ones. */
        private final float[] latest = new float[analyzer.margin() + 1];

        private int known;
        /** At the rate of the analysis. */
        private float[] samples = new float[4 * parameters.window()];

        private int filled;
        private long discarded;

        Channel() {
            PolyphaseFilter filter = analyzer.filter();
            this.resampler = filter == null ? null : new Resampler(filter);
        }

        void append(float[] sound) {
            int first = Math.min(sound.length, latest.length - known);
            System.arraycopy(sound, 0, latest, known, first);
            known += first;
            if (known < latest.length) {
                return;
            }
            if (first > 0) {
                pass(backwards(latest.length - 1));
                pass(latest);
            }
            float[] rest = Arrays.copyOfRange(sound, first, sound.length);
            pass(rest);
            int kept = Math.min(rest.length, latest.length);
            System.arraycopy(latest, kept, latest, 0, latest.length - kept);
            System.arraycopy(rest, rest.length - kept, latest, latest.length - kept, kept);
        }

        void end() {
            pass(backwards(latest.length - 2));
            // As many as follow a whole sound.
            pass(new float[1 + (resampler == null ? 0 : resampler.lookAhead() + 1)]);
        }

        /** As many as the margin, from one of the latest on, the earlier ones after the later ones. */
        private float[] backwards(int from) {
            float[] mirrored = new float[latest.length - 1];
            for (int i = 0; i < mirrored.length; i++) {
                mirrored[i] = latest[from - i];
            }
            return mirrored;
        }

        private void pass(float[] sound) {
            int count = sound.length;
            if (resampler != null) {
                resampler.write(sound, 0, sound.length);
                count = resampler.available();
            }
            if (filled + count > samples.length) {
                samples = Arrays.copyOf(samples, filled + count);
            }
            if (resampler == null) {
                System.arraycopy(sound, 0, samples, filled, count);
            } else {
                resampler.read(samples, filled, count);
            }
            filled += count;
        }

        /** Forgets what is before a place. */
        void discard(long place) {
            int count = (int) Math.min(filled, Math.max(0, place - discarded));
            System.arraycopy(samples, count, samples, 0, filled - count);
            filled -= count;
            discarded += count;
        }
    }
}
