package org.riffloom.audio;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import org.riffloom.spectrogram.MelSpectrogram;

/** Prints what MP3 and Opus lose of the ten clips of music; the figures are in benchmark/README.md. */
public final class LossyQuality {

    private LossyQuality() {}

    /** Signal-to-noise ratio in dB of a file, at its own sample rate, and at the volume at which it comes nearest. */
    static double signalToNoise(Waveform sound, byte[] file) throws IOException {
        Waveform decoded = SoundReader.read(new ByteArrayInputStream(file), "sound", Long.MAX_VALUE);
        float[] wanted = sound.withSampleRate(decoded.sampleRate()).channels()[0];
        float[] got = decoded.channels()[0];
        double both = 0;
        double alone = 0;
        for (int i = 0; i < wanted.length; i++) {
            both += (double) wanted[i] * got[i];
            alone += (double) wanted[i] * wanted[i];
        }
        float[] scaled = wanted.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= (float) (both / alone);
        }
        return Sine.signalToNoise(scaled, got, 0);
    }

    /** The sound of a clip of music, as it is streamed. */
    static Waveform sound(MelSpectrogram music) {
        return LoudnessLeveler.level(new SpectrogramInverter(music.parameters()).invert(music));
    }

    public static void main(String[] args) throws IOException {
        SoundFileKind[] kinds = {SoundFileKind.MP3, SoundFileKind.OPUS, SoundFileKind.FLAC};
        double[] sums = new double[kinds.length];
        double[] bytes = new double[kinds.length];
        double[] least = {1000, 1000, 1000};
        for (MelSpectrogram music : MusicImages.clips()) {
            Waveform sound = sound(music);
            for (int k = 0; k < kinds.length; k++) {
                byte[] file = kinds[k].encode(sound, SoundTags.NONE);
                double ratio = signalToNoise(sound, file);
                sums[k] += ratio;
                least[k] = Math.min(least[k], ratio);
                bytes[k] += file.length;
            }
        }
        int clips = MusicImages.clips().size();
        for (int k = 0; k < kinds.length; k++) {
            System.out.printf(
                    Locale.ROOT,
                    "%s: %.1f dB on average, %.1f at least, %.0f bytes a clip%n",
                    kinds[k],
                    sums[k] / clips,
                    least[k],
                    bytes[k] / clips);
        }
    }
}
