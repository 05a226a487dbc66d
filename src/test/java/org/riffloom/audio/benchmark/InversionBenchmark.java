package org.riffloom.audio.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.riffloom.audio.InversionQuality;
import org.riffloom.audio.LoudnessLeveler;
import org.riffloom.audio.MelDistance;
import org.riffloom.audio.MusicImages;
import org.riffloom.audio.SpectrogramAnalyzer;
import org.riffloom.audio.SpectrogramInverter;
import org.riffloom.audio.StreamingInverter;
import org.riffloom.audio.Waveform;
import org.riffloom.spectrogram.MelSpectrogram;
import org.riffloom.spectrogram.SpectrogramParameters;

/** How long a clip of 5.12 s takes from image to sound and back, on one thread, and how good the sound is. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 5, time = 4)
@Fork(1)
public class InversionBenchmark {

    private static final SpectrogramParameters FORMAT = SpectrogramParameters.DEFAULT;

    private final List<MelSpectrogram> clips = MusicImages.clips();
    private final StreamingInverter stream = new StreamingInverter(FORMAT);
    private final SpectrogramAnalyzer analyzer = new SpectrogramAnalyzer(FORMAT);
    private final Waveform sound = new SpectrogramInverter(FORMAT).invert(clips.get(0));
    private int next;

    /** An inverter of each quality. */
    @State(Scope.Thread)
    public static class Preset {

        /** All of them, one after the other. */
        @Param
        public InversionQuality quality = InversionQuality.STANDARD;

        private SpectrogramInverter inverter = new SpectrogramInverter(FORMAT);

        /** Prints what {@link MelDistance} says of each clip. */
        @Setup(Level.Trial)
        public void printQuality() {
            inverter = new SpectrogramInverter(FORMAT, quality);
            List<MelSpectrogram> clips = MusicImages.clips();
            double convergence = 0;
            double distance = 0;
            for (MelSpectrogram clip : clips) {
                MelDistance of = MelDistance.between(clip, inverter.invert(clip));
                convergence += of.spectralConvergence() / clips.size();
                distance += of.logSpectralDistance() / clips.size();
                print("", of.spectralConvergence(), of.logSpectralDistance());
            }
            print("mean of " + clips.size() + " clips: ", convergence, distance);
        }
    }

    /** A leveller, with a compressor and without. */
    @State(Scope.Thread)
    public static class Leveling {

        /** One after the other. */
        @Param({"false", "true"})
        public boolean compressed;

        private LoudnessLeveler leveler = new LoudnessLeveler(FORMAT.sampleRate(), FORMAT.channels());

        /** Begins a stream. */
        @Setup(Level.Trial)
        public void begin() {
            leveler = new LoudnessLeveler(FORMAT.sampleRate(), FORMAT.channels(), compressed);
        }
    }

    private static void print(String what, double convergence, double distance) {
        System.out.printf(
                Locale.ROOT,
                "%smel spectral convergence %.4f, log-spectral distance %.2f dB%n",
                what,
                convergence,
                distance);
    }

    private MelSpectrogram nextClip() {
        next = (next + 1) % clips.size();
        return clips.get(next);
    }

    @Benchmark
    public Waveform oneClip(Preset preset) {
        return preset.inverter.invert(nextClip());
    }

    @Benchmark
    public Waveform nextClipOfAStream() {
        return stream.append(nextClip());
    }

    @Benchmark
    public Waveform leveling(Leveling leveling) {
        return leveling.leveler.next(sound);
    }

    @Benchmark
    public MelSpectrogram analysis() {
        return analyzer.analyze(sound);
    }
}
