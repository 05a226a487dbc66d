package org.riffloom.clip;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.riffloom.audio.Limiter;
import org.riffloom.audio.SoundReader;
import org.riffloom.audio.SoundSink;
import org.riffloom.audio.SoundWriter;
import org.riffloom.audio.StreamingAnalyzer;
import org.riffloom.audio.StreamingInverter;
import org.riffloom.audio.Waveform;
import org.riffloom.spectrogram.MelSpectrogram;
import org.riffloom.spectrogram.SpectrogramParameters;

/**
 * Paints a sound anew: its spectrogram, window after window, by the model, from the noise level that the denoising says.
 * What comes out is as long as what went in, to the sample, and about as loud; it has 44.1 kHz, and two channels if that had
 * more than one.
 *
 * <p>Pictures have one channel, so they are painted of both together, and {@link StereoImage} puts what they become where
 * the sound had it.
 *
 * <p>Sounds of any length: they are read, painted and written piece by piece, in constant memory.
 */
public final class SoundRepainter {

    private static final SpectrogramParameters FORMAT = SpectrogramParameters.DEFAULT;

    /** Of what is written, in Hz. */
    public static final int SAMPLE_RATE = FORMAT.sampleRate();

    private static final int MAX_CHANNELS = 2;

    /** Begins what is written, when it is known of how many channels that is. */
    @FunctionalInterface
    public interface Opener {

        /**
         * Comes once, unless nothing could be read.
         *
         * @param channels 1 or 2
         * @return for sound with so many, at {@link #SAMPLE_RATE}
         */
        SoundWriter open(int channels) throws IOException;
    }

    private final Painter painter;
    private final SoundProcessors processors;

    SoundRepainter(Painter painter, SoundProcessors processors) {
        this.painter = painter;
        this.processors = processors;
    }

    /**
     * Paints a sound file.
     *
     * @param in of any kind that is read, any rate and number of channels, of which more than two are mixed to two
     * @param out finished at the end, and closed whatever happens
     * @throws org.riffloom.audio.UnreadableSoundException if the file is damaged, or of no kind that is known
     * @throws IOException if it cannot be read, or the other one be written
     * @throws IllegalArgumentException if the sound is shorter than 50 ms
     * @throws org.riffloom.prompt.InvalidRequestException if the recipe cannot be used
     * @throws java.util.concurrent.CancellationException if {@code progress} threw it
     */
    public void repaint(Path in, Repainting repainting, Opener out, RepaintProgress progress) throws IOException {
        try (Entrance entrance = new Entrance(repainting, out, progress)) {
            SoundReader.stream(in, in.toString(), entrance);
            entrance.passage().finish();
        }
    }

    /** Where a sound of which nothing is known yet becomes one that is. */
    private final class Entrance implements SoundSink, Closeable {

        private final Repainting repainting;
        private final Opener out;
        private final RepaintProgress progress;
        private @Nullable Passage passage;

        Entrance(Repainting repainting, Opener out, RepaintProgress progress) {
            this.repainting = repainting;
            this.out = out;
            this.progress = progress;
        }

        Passage passage() {
            return Objects.requireNonNull(passage, "a sound that was read has begun");
        }

        @Override
        public void begin(int sampleRate, int channels, long told) throws IOException {
            int kept = Math.min(MAX_CHANNELS, channels);
            passage = new Passage(repainting, kept, out.open(kept), (double) told / sampleRate, progress);
            passage.analyzer.begin(sampleRate, channels, told);
        }

        @Override
        public void write(float[][] samples, int from, int to) throws IOException {
            passage().analyzer.write(samples, from, to);
        }

        @Override
        public void close() throws IOException {
            if (passage != null) {
                passage.out.close();
            }
        }
    }

    /** One sound on its way through. */
    private final class Passage {

        private final StreamingInverter inverter;
        private final Limiter limiter;
        private final StreamingAnalyzer analyzer;
        private final WindowWalk walk;
        private final WindowPainter windows;
        private final SoundWriter out;
        private final RepaintProgress progress;
        private final double total;
        /** What comes out of inverter and limiter before the sound begins. */
        private int early;

        private long written;

        /** @param total seconds that the sound says it has; 0 if it does not say */
        Passage(Repainting repainting, int channels, SoundWriter out, double total, RepaintProgress progress) {
            SpectrogramParameters format = FORMAT.withStereo(channels == MAX_CHANNELS);
            this.inverter = new StreamingInverter(format, processors.settings().quality());
            this.limiter = new Limiter(SAMPLE_RATE, channels);
            this.early = inverter.delay() + limiter.lookAhead();
            this.out = out;
            this.total = total;
            this.progress = progress;
            this.windows = new WindowPainter(painter, repainting);
            if (format.stereo()) {
                StereoImage image = new StereoImage(FORMAT);
                this.walk = new WindowWalk(this::paint, columns -> write(sound(image.placed(columns))));
                this.analyzer = new StreamingAnalyzer(format, columns -> walk.append(image.mixed(columns)));
            } else {
                this.walk = new WindowWalk(this::paint, columns -> write(sound(columns)));
                this.analyzer = new StreamingAnalyzer(format, walk::append);
            }
        }

        private float[] paint(int number, long first, float[] columns, float[] before, int painted) {
            double begin = seconds(first + painted);
            double length = seconds(WindowWalk.WIDTH - painted);
            return windows.paint(number, first, columns, before, painted, (step, steps) -> {
                double done = begin + length * step / steps;
                progress.onProgress(total > 0 ? Math.min(done, total) : done, total);
            });
        }

        private double seconds(long columns) {
            return (double) columns * FORMAT.hop() / SAMPLE_RATE;
        }

        private Waveform sound(MelSpectrogram columns) {
            return processors.use(() -> inverter.append(columns));
        }

        private void write(Waveform sound) throws IOException {
            limiter.process(sound.channels());
            int skipped = Math.min(early, sound.length());
            early -= skipped;
            out.write(sound.slice(skipped, sound.length()));
            written += sound.length() - skipped;
        }

        void finish() throws IOException {
            long length = analyzer.finish();
            walk.finish();
            // The limiter is late by a little more than what the inverter holds back: silence pushes out its last
            // samples.
            write(inverter.finish().slice(0, (int) (length - written) + early));
            out.finish();
        }
    }
}
