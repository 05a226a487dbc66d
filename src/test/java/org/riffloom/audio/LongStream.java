package org.riffloom.audio;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.riffloom.spectrogram.MelSpectrogram;
import org.riffloom.spectrogram.SpectrogramParameters;

/**
 * Makes one stream of many clips, as a listener hears it, and prints what could go wrong with the hours: the number of
 * samples, how far the sound is from where its pictures belong, memory, loudness, peaks. Writes the sound as raw
 * little-endian floats for others to measure. The figures are in benchmark/README.md.
 *
 * <p>Arguments: a folder of pictures, the number of clips, the file to write.
 */
public final class LongStream {

    private static final SpectrogramParameters FORMAT = SpectrogramParameters.DEFAULT;
    private static final int RATE = FORMAT.sampleRate();
    private static final int OVERSAMPLING = 4;
    private static final int CLIPS_BETWEEN_READINGS = 100;
    /** Prime to the number of pictures, so that each gets its turn. */
    private static final int CLIPS_BETWEEN_LAGS = 3;

    private final StreamingInverter inverter = new StreamingInverter(FORMAT);
    private final LoudnessLeveler leveler = new LoudnessLeveler(RATE, FORMAT.channels());
    private final int delay = inverter.delay() + leveler.delay();
    private final SpectrogramAnalyzer analyzer = new SpectrogramAnalyzer(FORMAT);
    private final Resampler oversampler = new Resampler(RATE, OVERSAMPLING * RATE);
    private final List<Double> levels = new ArrayList<>();
    private final List<Double> lags = new ArrayList<>();
    private double peak;
    private long samples;

    private LongStream() {}

    public static void main(String[] args) throws IOException {
        if (args.length != 3) {
            System.err.println("usage: LongStream FOLDER CLIPS FILE");
            System.exit(2);
        }
        ModelMusic music = new ModelMusic(Path.of(args[0]));
        LongStream stream = new LongStream();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(Path.of(args[2])))) {
            stream.make(music, Integer.parseInt(args[1]), out);
        }
    }

    private void make(ModelMusic music, int clips, OutputStream out) throws IOException {
        float[] last = new float[0];
        for (int i = 0; i < clips; i++) {
            MelSpectrogram picture = music.get(i);
            float[] sound = leveler.next(inverter.append(picture)).channels()[0];
            samples += sound.length;
            levels.add(LoudnessLeveler.decibels(new Waveform(RATE, new float[][] {sound})));
            findPeak(sound);
            if (i % CLIPS_BETWEEN_LAGS == 1) {
                lags.add(lag(music.get(i - 1), last, sound));
            }
            last = sound;
            ByteBuffer bytes = ByteBuffer.allocate(sound.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(sound);
            out.write(bytes.array());
            if ((i + 1) % CLIPS_BETWEEN_READINGS == 0 || i + 1 == clips) {
                printMemory(i + 1);
            }
        }
        print(clips);
    }

    private void findPeak(float[] sound) {
        oversampler.write(sound, 0, sound.length);
        float[] between = new float[oversampler.available()];
        oversampler.read(between, 0, between.length);
        for (float sample : between) {
            peak = Math.max(peak, Math.abs(sample));
        }
    }

    /** How much later than its picture a clip sounds, in ms: where the correlation of the magnitudes is largest. */
    private double lag(MelSpectrogram picture, float[] clip, float[] next) {
        float[] sound = Arrays.copyOfRange(clip, delay, clip.length + delay);
        System.arraycopy(next, 0, sound, clip.length - delay, delay);
        float[] made =
                analyzer.analyze(new Waveform(RATE, new float[][] {sound})).magnitudes()[0];
        float[] wanted = picture.magnitudes()[0];
        double before = correlation(wanted, made, -1);
        double at = correlation(wanted, made, 0);
        double after = correlation(wanted, made, 1);
        // The top of the parabola through the three.
        return FORMAT.stepMillis() * 0.5 * (before - after) / (before - 2 * at + after);
    }

    private static double correlation(float[] wanted, float[] made, int frames) {
        int bands = FORMAT.bands();
        double both = 0;
        double first = 0;
        double second = 0;
        for (int i = 10 * bands; i < wanted.length - 10 * bands; i++) {
            double a = wanted[i];
            double b = made[i + frames * bands];
            both += a * b;
            first += a * a;
            second += b * b;
        }
        return both / Math.sqrt(first * second);
    }

    private static void printMemory(int clips) throws IOException {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        String resident = "unknown";
        Path status = Path.of("/proc/self/status");
        if (Files.exists(status)) {
            resident = Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmRSS"))
                    .map(line -> line.replaceAll("[^0-9]", ""))
                    .findFirst()
                    .orElse(resident);
        }
        System.out.printf(
                Locale.ROOT, "after %d clips: heap %.1f MB, resident %s kB%n", clips, heap / 1048576.0, resident);
    }

    private void print(int clips) {
        System.out.printf("%d samples, %d expected%n", samples, (long) clips * MusicImages.FRAMES * FORMAT.hop());
        int part = Math.max(1, lags.size() / 10);
        System.out.println("lag, ms: first tenth " + new Quantiles(lags.subList(0, part)).summary("%.3f"));
        System.out.println(
                "lag, ms: last tenth " + new Quantiles(lags.subList(lags.size() - part, lags.size())).summary("%.3f"));
        Quantiles level = new Quantiles(levels);
        System.out.printf(
                Locale.ROOT,
                "clips, dBFS RMS: %s; 5 to 95 %% are %.2f dB%n",
                level.summary("%.2f"),
                level.at(0.95) - level.at(0.05));
        List<Double> jumps = new ArrayList<>();
        for (int i = 1; i < levels.size(); i++) {
            jumps.add(Math.abs(levels.get(i) - levels.get(i - 1)));
        }
        System.out.println("from clip to clip, dB: " + new Quantiles(jumps).summary("%.2f"));
        System.out.printf(Locale.ROOT, "true peak %.2f dBFS%n", 20 * Math.log10(peak));
    }
}
