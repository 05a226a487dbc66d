package org.riffloom.clip;

import java.io.IOException;
import java.nio.file.Path;
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
 * What comes out is as long as what went in, to the sample, and about as loud; it has one channel and 44.1 kHz.
 *
 * <p>Sounds of any length: they are read, painted and written piece by piece, in constant memory.
 */
public final class SoundRepainter {

    private static final SpectrogramParameters FORMAT = SpectrogramParameters.DEFAULT;

    /** Of what is written, in Hz. */
    public static final int SAMPLE_RATE = FORMAT.sampleRate();

    /** Of what is written. */
    public static final int CHANNELS = 1;

    private final Painter painter;
    private final SoundProcessors processors;

    SoundRepainter(Painter painter, SoundProcessors processors) {
        this.painter = painter;
        this.processors = processors;
    }

    /**
     * Paints a sound file.
     *
     * @param in of any kind that is read, any rate and number of channels, which are mixed to one
     * @param out opened for {@link #SAMPLE_RATE} and {@link #CHANNELS}; finished at the end, left to the caller to close
     * @throws org.riffloom.audio.UnreadableSoundException if the file is damaged, or of no kind that is known
     * @throws IOException if it cannot be read, or the other one be written
     * @throws IllegalArgumentException if the sound is shorter than 50 ms
     * @throws org.riffloom.prompt.InvalidRequestException if the recipe cannot be used
     * @throws java.util.concurrent.CancellationException if {@code progress} threw it
     */
    public void repaint(Path in, Repainting repainting, SoundWriter out, RepaintProgress progress) throws IOException {
        Passage passage = new Passage(repainting, out, progress);
        SoundReader.stream(in, in.toString(), passage);
        passage.finish();
    }

    /** One sound on its way through. */
    private final class Passage implements SoundSink {

        private final StreamingInverter inverter =
                new StreamingInverter(FORMAT, processors.settings().quality());
        private final Limiter limiter = new Limiter(SAMPLE_RATE, CHANNELS);
        private final StreamingAnalyzer analyzer;
        private final WindowWalk walk;
        private final WindowPainter windows;
        private final SoundWriter out;
        private final RepaintProgress progress;
        /** What comes out of inverter and limiter before the sound begins. */
        private int early = inverter.delay() + limiter.lookAhead();

        private long written;
        private double total;

        Passage(Repainting repainting, SoundWriter out, RepaintProgress progress) {
            this.out = out;
            this.progress = progress;
            this.windows = new WindowPainter(painter, repainting);
            this.walk = new WindowWalk(this::paint, columns -> write(sound(columns)));
            this.analyzer = new StreamingAnalyzer(FORMAT, walk::append);
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

        @Override
        public void begin(int sampleRate, int channels, long told) {
            total = (double) told / sampleRate;
            analyzer.begin(sampleRate, channels, told);
        }

        @Override
        public void write(float[][] samples, int from, int to) throws IOException {
            analyzer.write(samples, from, to);
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
