package org.riffloom.audio.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.riffloom.audio.InversionQuality;
import org.riffloom.audio.SpectrogramAnalyzer;
import org.riffloom.audio.SpectrogramInverter;
import org.riffloom.audio.Waveform;
import org.riffloom.spectrogram.MelSpectrogram;
import org.riffloom.spectrogram.SpectrogramImageFile;
import org.riffloom.spectrogram.SpectrogramParameters;

/**
 * Works for {@code models/reference/audio/inversion.py}, which has Java and Python take turns on the same images: reads a
 * line, does what it says, and answers with how long that took, without reading and writing the files, in seconds on the
 * clock and of the thread on its processor. Samples and magnitudes are files of little-endian floats.
 *
 * <p>{@code DRAFT IMAGE SOUND}, and so on for each {@link InversionQuality}, makes sound of an image, as loud as that
 * says and without a limiter; {@code ANALYSIS SOUND MEL} makes magnitudes of sound at 44.1 kHz.
 */
public final class SoundWorker {

    private static final SpectrogramParameters FORMAT = SpectrogramParameters.DEFAULT;

    private final Map<InversionQuality, SpectrogramInverter> inverters = new EnumMap<>(InversionQuality.class);
    private final SpectrogramAnalyzer analyzer = new SpectrogramAnalyzer(FORMAT);

    private SoundWorker() {
        for (InversionQuality quality : InversionQuality.values()) {
            inverters.put(quality, new SpectrogramInverter(FORMAT, quality));
        }
    }

    public static void main(String[] args) throws IOException {
        SoundWorker worker = new SoundWorker();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split("\t");
            System.out.println(worker.answer(words[0], Path.of(words[1]), Path.of(words[2])));
        }
    }

    private String answer(String what, Path input, Path output) throws IOException {
        if (what.equals("ANALYSIS")) {
            Waveform sound = new Waveform(FORMAT.sampleRate(), new float[][] {read(input)});
            return timed(() -> analyzer.analyze(sound).magnitudes()[0], output);
        }
        SpectrogramInverter inverter = inverters.get(InversionQuality.valueOf(what));
        MelSpectrogram image = SpectrogramImageFile.read(input).toMel();
        return timed(() -> inverter.invert(image).channels()[0], output);
    }

    private static String timed(Supplier<float[]> work, Path output) throws IOException {
        long processor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long clock = System.nanoTime();
        float[] made = work.get();
        double seconds = (System.nanoTime() - clock) / 1e9;
        double processorSeconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - processor) / 1e9;
        ByteBuffer bytes = ByteBuffer.allocate(made.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(made);
        Files.write(output, bytes.array());
        return String.format(Locale.ROOT, "%.6f %.6f", seconds, processorSeconds);
    }

    private static float[] read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }
}
